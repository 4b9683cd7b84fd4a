/// A state, as far as an address needs it.
struct PlaceState: Sendable {
    let name: String
    /// The first two digits of its postal codes.
    let postalPrefix: Int
    /// The index of its usual names in `NameRegion.all`.
    let region: Int
    /// How many of a hundred families are Muslim.
    let muslimShare: Int
    /// How often it is drawn, in relation to the others.
    let weight: Int
    let districts: [String]

    init(
        _ name: String, _ postalPrefix: Int, region: Int, muslimShare: Int, weight: Int,
        _ districts: String
    ) {
        self.name = name
        self.postalPrefix = postalPrefix
        self.region = region
        self.muslimShare = muslimShare
        self.weight = weight
        self.districts = districts.split(separator: "|").map(String.init)
    }
}

/// Where people live.
enum Places {
    static let states: [PlaceState] = [
        PlaceState(
            "Uttar Pradesh", 22, region: 0, muslimShare: 18, weight: 16,
            "Lucknow|Kanpur Nagar|Varanasi|Agra|Prayagraj|Gorakhpur|Meerut|Bareilly|Ghazipur"),
        PlaceState(
            "Bihar", 80, region: 0, muslimShare: 16, weight: 9,
            "Patna|Gaya|Muzaffarpur|Bhagalpur|Darbhanga|Purnia|Siwan|Saran"),
        PlaceState(
            "Madhya Pradesh", 46, region: 0, muslimShare: 7, weight: 7,
            "Bhopal|Indore|Jabalpur|Gwalior|Rewa|Sagar|Ujjain|Satna"),
        PlaceState(
            "Rajasthan", 30, region: 0, muslimShare: 9, weight: 7,
            "Jaipur|Jodhpur|Kota|Bikaner|Ajmer|Udaipur|Alwar|Bharatpur"),
        PlaceState(
            "Chhattisgarh", 49, region: 0, muslimShare: 2, weight: 4,
            "Raipur|Durg|Bilaspur|Bastar|Korba|Gariyaband"),
        PlaceState(
            "Punjab", 14, region: 1, muslimShare: 2, weight: 5,
            "Ludhiana|Amritsar|Jalandhar|Patiala|Bathinda|Moga|Hoshiarpur"),
        PlaceState(
            "Gujarat", 38, region: 3, muslimShare: 10, weight: 7,
            "Ahmedabad|Surat|Vadodara|Rajkot|Bhavnagar|Jamnagar|Mahesana|Anand"),
        PlaceState(
            "Maharashtra", 41, region: 4, muslimShare: 11, weight: 10,
            "Pune|Nashik|Nagpur|Thane|Solapur|Kolhapur|Satara|Ahmednagar|Jalgaon"),
        PlaceState(
            "West Bengal", 74, region: 5, muslimShare: 26, weight: 9,
            "Kolkata|Howrah|Hooghly|Nadia|Bardhaman|24 Parganas North|24 Parganas South|Malda"),
        PlaceState(
            "Odisha", 75, region: 6, muslimShare: 2, weight: 4,
            "Khordha|Cuttack|Puri|Ganjam|Balasore|Sambalpur|Mayurbhanj"),
        PlaceState(
            "Assam", 78, region: 6, muslimShare: 33, weight: 2,
            "Kamrup|Nagaon|Jorhat|Dibrugarh|Barpeta|Sonitpur"),
        PlaceState(
            "Tamil Nadu", 62, region: 7, muslimShare: 6, weight: 7,
            "Chennai|Madurai|Coimbatore|Salem|Tiruchirappalli|Tirunelveli|Vellore|Thanjavur"),
        PlaceState(
            "Andhra Pradesh", 52, region: 8, muslimShare: 7, weight: 4,
            "Guntur|Krishna|Visakhapatnam|Kurnool|Chittoor|East Godavari|Nellore"),
        PlaceState(
            "Telangana", 50, region: 8, muslimShare: 13, weight: 3,
            "Hyderabad|Warangal|Karimnagar|Nizamabad|Khammam|Nalgonda"),
        PlaceState(
            "Karnataka", 57, region: 9, muslimShare: 13, weight: 4,
            "Bengaluru Urban|Mysuru|Belagavi|Kalaburagi|Tumakuru|Ballari|Udupi|Hassan"),
        PlaceState(
            "Kerala", 68, region: 10, muslimShare: 26, weight: 2,
            "Ernakulam|Thrissur|Kozhikode|Kollam|Alappuzha|Palakkad|Kannur"),
    ]

    /// The shares of the states.
    static let shares = StaticShares(states.map(\.weight))

    /// Streets and quarters, the usual ones of an Indian address.
    static let streets: [String] = [
        "Station Road", "Ward No 3", "Ward No 7", "Gandhi Nagar", "Nehru Street", "Ram Nagar",
        "Ambedkar Colony", "Old Bus Stand", "Canal Road", "Civil Lines", "Shastri Nagar",
        "Bazar Road", "Temple Street", "Indira Colony", "Subhash Marg", "Church Road", "New Basti",
        "Mandir Gali", "Hospital Road", "School Para", "Patel Nagar", "Azad Mohalla",
    ]

    /// The first and second halves of invented villages.
    static let villageStarts: [String] = [
        "Ram", "Hari", "Kishan", "Sultan", "Bara", "Naya", "Gobind", "Madho", "Lal", "Chand",
        "Raj", "Dev", "Amar", "Shiv", "Fateh", "Man", "Bhim", "Kamal", "Jai", "Sonar",
    ]
    static let villageEnds: [String] = [
        "pur", "garh", "nagar", "gaon", "palli", "abad", "kheda", "wadi", "peta", "ganj",
    ]
}
