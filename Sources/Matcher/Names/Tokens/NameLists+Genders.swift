/// What the end of a name and the word behind it say of its bearer.
extension NameLists {
    /// Names of men that with an a or an i behind them are names of women: Karim and Karima, Madhav and
    /// Madhavi.
    ///
    /// Not here are those whose a is written or not as the region has it: Ashok and Ashoka, Ram and Rama.
    static let gendered: StaticString = """
        abid adil ahlad akhil akib alok amal amin amit amrit anand anil anit ankit anshul anup aqil
        arif arpit arun asif atik ayush aziz bhargav bhavan bilqis chandan chandrak deepak deepit
        devak dhanush dhavan durgesh fahim faiz farhan farid fatim firoz gautam ghazal habib hafiz
        halim hamid hamim hanif harshit hasin hetal hritik hussain iman indir ismat jalil jamil
        jasmin jatin javid jay jayant kabir kajal kalim kalyan kamal kamil kanak kanan kanchan
        kapil karim karthik karun kaushal kavit kishor kumud kusum lalit latif laxman madhav
        madhur mahim mahir majid malik malin manik manish manjul manzur maqbul mohit monik mridul
        mubin mukul mukt munir muskan nabil nafis naim najib najm namit namrat nandan narayan
        nargis nasib nasim nasir nayan nazim nazir neel neelam niharik nikhil nikit nirmal nirup
        nishit nitin parmil parul parvin pavan pavitr prabhat pradip pramil pranav pranit praven
        pritam puj pujit pushkar puspit qasim rabi radhik rafiq rahil rahim rais rajan rajit
        rakhsan ramil ramiz rasik rashid rashmik ratan ravin rehan reshm riyaz rohin rohit ruchik
        rupal rupesh sabir sabit sadiq sahil said sajid salim samir sanjan sanjit sapan saral
        sarit satyam shabir shafiq shahid shahin shail shakil shalin shamim sharad sharmil shekhar
        shivan shobhan shravan shubham shyam sneh subhash sudhir sujan sujit suman sumit sundar
        sunil sunit supriy surabh surekh sushil sushmit swapan swarup tahir taj talib tarik tarun
        taslim tejasv triloch tushar umang urmil usman uttam vaishnav vandan varun vasant vikas
        vimal vinay vinit vipul vishakh wahid yakub yamin yasin yasmin yogit zahid zahir zaid zakir
        zarin zubaid
        """

    /// Words behind the names of men.
    static let mens: StaticString = """
        singh kumar lal prasad bhai nath ram chand
        """

    /// Words behind the names of women.
    static let womens: StaticString = """
        devi kumari bai kaur begum khatoon bano bibi rani ben amma
        """
}
