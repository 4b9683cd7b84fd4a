/// Names of Gujarat, Maharashtra, Bengal, and of Odisha and Assam.
extension NameRegion {
    static let gujarati = NameRegion(
        men: """
            Alpesh Amrut Anilbhai Arjan Ashvin Babubhai Balvant Bhadresh Bharatbhai Bhargav
            Bhavesh Bhavin Bhikhabhai Bhupat Bhupendra Bipin Chandrakant Chetan Chhagan Chimanlal
            Chirag Dahyabhai Darshan Devshi Dhaval Dhiraj Dhirubhai Dipak Dushyant Falgun Fulabhai
            Gaurang Ghanshyam Girdhar Gopalbhai Govindbhai Hardik Harshad Hasmukh Hemal Hiralal
            Hiren Hitesh Himanshu Ishwar Jagdishbhai Jaimin Jayanti Jayesh Jayantilal Jerambhai
            Jignesh Jitubhai Kalpesh Kamlesh Kanaiyalal Kanji Kantilal Karsan Kaushik Ketan Keyur
            Khimji Kiran Kirit Kishor Kunjal Laljibhai Mahendrabhai Malay Manharlal Mansukh Maulik
            Mayur Mehul Mitesh Mukund Nagjibhai Narsinh Natvar Navinchandra Nayan Nilesh Nimesh
            Niraj Nirav Paresh Parth Pinakin Piyush Pragnesh Prashant Pravinbhai Priyesh
            Purshottam Rajnikant Rameshbhai Ranchhod Rasik Ratilal Raval Ruchit Sagar Samir
            Sanatkumar Shantilal Shaileshbhai Smit Snehal Sureshbhai Tejas Tushar Ujjwal Utsav
            Vallabh Vasant Vinubhai Vipul Viral Viren Vitthal Yashesh Yash
            """,
        women: """
            Alpa Amita Amruta Anandi Ansuya Arpita Artiben Avani Bhanumati Bhavana Bhavika Bhavna
            Bhikhi Bijal Champaben Chandrika Charmi Chetana Daksha Damini Darshana Dhara Dharti
            Dhwani Diksha Dimple Dipali Dipika Divyaben Dolly Drashti Falguni Foram Gauriben
            Geetaben Gomti Hansa Hansaben Harsha Heena Hemali Hetal Hina Hiral Ila Jagruti Jashoda
            Jasuben Jayaben Jayshree Jigna Jignasha Jinal Jyotsna Kailas Kajal Kalpanaben Kamuben
            Kanku Kapila Kashiben Kinjal Kirti Kokila Komalben Krina Krupa Kusumben Lata Lilaben
            Madhavi Madhuben Mamtaben Manjula Megha Mina Minal Mital Mittal Mona Nayana Neeta
            Nehal Nidhi Niketa Nila Nirali Nisha Panna Parul Payal Pinal Poonam Prafulla Pragna
            Pratiksha Purvi Puriben Rajal Ramila Ranjan Rasila Rekhaben Ridhi Riddhi Rinku Ruchi
            Rupal Sarojben Savitaben Sejal Shantaben Shital Shilpa Shobhana Smita Sonal Surbhi
            Taruben Tejal Trupti Urvashi Urvi Ushaben Vaishali Varsha Vasanti Vibha Vimlaben Zalak
            """,
        families: """
            Acharya Adhiya Ahir Amin Bambhaniya Barad Baria Barot Bavaliya Bhagora Bhalodiya
            Bharwad Bhatt Bhavsar Bhoi Brahmbhatt Chaudhari Chavda Chudasama Contractor Dabhi
            Damor Dave Desai Dhandhukiya Dholakia Dodia Domadia Gadhavi Gajera Gamit Gandhi
            Ghadiya Gohel Gohil Gondaliya Gor Gosai Hadiya Hirpara Jadav Jadeja Jani Jethwa Jhala
            Jobanputra Joshi Kachhadiya Kanani Kapadia Kataria Katara Kher Khunt Kikani Kothari
            Kotadiya Koradiya Lad Lakhani Limbachiya Luhar Makwana Mankad Marvadi Mehta Mistry
            Modi Mori Nai Nakum Nayak Padhiyar Panchal Pandya Parekh Parghi Parikh Parmar Patel
            Pathak Pipaliya Prajapati Purohit Raiyani Rabari Radadiya Rajgor Rakholiya Rana Rathod
            Rathva Raval Sanghvi Savaliya Shah Sheth Shiyal Sisodiya Solanki Soni Sorathiya
            Sutariya Suthar Tadvi Tank Thakkar Thakor Togadiya Trivedi Upadhyay Vadher Vaghasiya
            Vaghela Vala Valand Vankar Vasava Vasoya Vegda Vora Vyas Zala
            """)

    static let marathi = NameRegion(
        men: """
            Abasaheb Abhijit Aditya Ajinkya Akshay Amol Anant Anna Anup Appasaheb Aniket Ashish
            Atul Baban Babasaheb Bajirao Balasaheb Baliram Balu Bapu Bapurao Bhagwat Bhalchandra
            Bharat Bhaskar Bhausaheb Bhimrao Chandrakant Chandrashekhar Chetan Dadasaheb Dashrath
            Dattatray Datta Devidas Dhananjay Dhondiba Digambar Dnyaneshwar Eknath Gajanan Ganpat
            Genu Gopinath Govinda Gulabrao Hanumant Haribhau Harishchandra Hemant Indrajit
            Jagannath Jalindar Jayant Jayram Kailas Kashinath Kedar Keshav Kiran Kisan Kishor
            Kondiba Laxman Limbaji Machindra Madhav Madhukar Mahadev Mangesh Manohar Maruti Milind
            Mukund Nagesh Namdev Nana Narayan Nilkanth Nivrutti Omkar Padmakar Pandharinath
            Pandurang Parashuram Popat Prabhakar Prakash Pralhad Prasad Prashant Pratap Raghunath
            Rajaram Ramchandra Ramdas Raosaheb Ravsaheb Ravindra Rohan Rohidas Sadashiv Sahebrao
            Sakharam Sambhaji Sandip Sanjay Santaram Sarjerao Satish Shahaji Shankarrao Shantaram
            Sharad Shashikant Shivaji Shreeram Shrikant Sitaram Somnath Sopan Subhash Sudam
            Sudhakar Swapnil Tanaji Tatyasaheb Tukaram Tushar Uddhav Uttam Vaibhav Vasant Vasudev
            Vijay Vikas Vilas Vinayak Vishnu Vishwanath Vithoba Vitthal Yashwant Yogiraj
            """,
        women: """
            Aarti Aboli Akshata Alka Amruta Anita Anjana Anusaya Aparna Archana Arundhati Ashwini
            Asha Baby Babybai Bhagyashri Bharati Bhimabai Chandrabhaga Chandrakala Chhaya
            Chaitrali Deepali Devyani Dhanashri Dhondabai Draupadi Durgabai Dwarka Gangubai Gauri
            Gayabai Gita Godavari Hausabai Hira Hirabai Indira Indubai Jaishree Janabai Janhavi
            Jayashree Jijabai Kalavati Kalindi Kamal Kanta Kasturi Kausalya Kaveri Ketaki Kshama
            Kusum Lata Laxmibai Lilabai Madhuri Mai Malan Malati Manda Mandakini Mangal Mangala
            Manisha Manjusha Maya Mayuri Meenakshi Mira Mrunal Mugdha Muktabai Namrata Nanda
            Nandini Neelam Nilima Padma Pallavi Parvati Parubai Pooja Prachi Pradnya Prajakta
            Pramila Pranali Pranita Pratibha Pratiksha Pushpalata Radhabai Rajashree Rakhmabai
            Ranjana Ratna Rekha Renuka Rohini Rucha Rukhmini Rupali Rutuja Sadhana Sagarbai
            Sakhubai Sakshi Samruddhi Sangita Sanjivani Sanika Sarika Sarubai Savitribai Sayali
            Shaila Shalini Shamal Shantabai Sharda Shashikala Shevanta Shilpa Shital Shobha
            Shraddha Shubhangi Smita Snehal Sonabai Subhadra Suchita Sujata Sulbha Sulochana Suman
            Sunanda Surekha Sushila Suvarna Swati Tanuja Tejaswini Trupti Tulsabai Ujwala Urmila
            Vaishali Vaishnavi Vandana Vanita Varsha Vasudha Vidya Vimal Vrushali Yamuna Yashoda
            Yogita
            """,
        families: """
            Adsul Ahire Aher Ambekar Apte Awate Babar Bagul Bansode Bapat Barve Bendre Bhalerao
            Bhandare Bhise Bhoir Bhonsale Bhor Bhosale Borade Borse Chaudhari Chavan Chitnis
            Dabhade Damle Dandekar Date Deore Deshmukh Deshpande Dhamale Dhanwade Dhavale Dhole
            Dhumal Divekar Dongare Durge Gadekar Gaikwad Gaikar Gavit Gawade Gawali Ghadge
            Ghorpade Ghule Godbole Gokhale Gore Gurav Hande Hinge Ingale Ingle Jadhav Jagdale
            Jagtap Jamdade Jambhale Joshi Kadam Kale Kamble Kanade Karande Karve Katkar Kelkar
            Khadse Khaire Khandare Khare Kharat Khot Kokate Kolhe Koli Kulkarni Kumbhar Lad Lande
            Lokhande Londhe Mahajan Mahale Mali Mane Mandlik Mandhare Marathe Mehetre Mhatre Misal
            Mohite Mokashi More Mule Naik Nalawade Navale Nikam Pagare Palande Paranjape Patil
            Patole Pawar Pednekar Phadke Phadtare Pisal Pol Powar Rane Rankhambe Raut Rokade
            Sabale Salunke Salvi Sanap Sapkal Sarode Sathe Sawant Shelar Shelke Shendge Shete
            Shewale Shinde Shirke Sonawane Surve Suryawanshi Tambe Tawade Thakare Thombre Thorat
            Tope Ubale Vaidya Veer Waghmare Wagh Walunj Wankhede Yadav Zende
            """)

    static let bengali = NameRegion(
        men: """
            Abhijit Abhishek Achintya Ajit Alok Amal Amalendu Amaresh Amit Amitava Ananda Animesh
            Anirban Anup Arabinda Arindam Arnab Arup Asim Asit Atanu Avijit Badal Bappa Barun
            Basudeb Bibhas Bidhan Bidyut Bijan Bijoy Bikash Bimal Binoy Biplab Bishnu Biswajit
            Chandan Chinmoy Chiranjit Debabrata Debashis Debdas Deepankar Dhiman Dhiren Dibyendu
            Dilip Dipak Dipankar Dulal Dwijen Gautam Gobinda Gopal Goutam Gour Haradhan Haripada
            Hiranmoy Indranil Jagadish Jayanta Jiban Joydeb Joydeep Kajal Kalipada Kanai Kanchan
            Kartik Kaushik Khokan Koushik Krishnendu Kunal Madhab Madhusudan Malay Manas Manik
            Manoranjan Mihir Milan Mithun Mrinal Mrityunjoy Nabin Nanda Narayan Nemai Nikhil
            Nilanjan Niranjan Nirmal Nitai Palash Panchanan Parimal Paritosh Partha Pijush Pinaki
            Prabir Prasanta Prasenjit Pratap Pritam Probir Rabindra Rajat Rajib Ranjan Ratan Samar
            Samir Samiran Sandip Sanjib Sanjoy Santanu Sasanka Saswata Satyajit Shyamal Sisir
            Somnath Soumen Soumitra Soumya Sourav Subhankar Subhas Subhasis Subir Subrata
            Suchandan Sudip Sujit Sujoy Sukanta Sukumar Sumanta Supriyo Surajit Susanta Swapan
            Tanmoy Tapan Tapas Tarak Tarun Tridib Tushar Ujjal Utpal
            """,
        women: """
            Aditi Alpana Ananya Anima Anindita Anjana Annapurna Anupama Aparajita Aparna Arati
            Arpita Baishakhi Banani Barnali Basanti Bharati Bina Bithika Bulu Chaitali Champa
            Chandana Chandrima Chhanda Chhabi Debjani Debika Depali Dipa Dipali Dipti Dola Durga
            Gayatri Gitali Gouri Hasi Indrani Ira Ishita Jaba Jayanti Jharna Jhuma Joyita Juthika
            Kabita Kakali Kalyani Kamala Kanika Karabi Keya Koyel Krishna Lakshmi Lata Lipika
            Madhabi Madhumita Malabika Malati Mala Mallika Mamata Mampi Manashi Manju Manjushree
            Maitreyee Minakshi Minati Mita Mitali Moumita Mousumi Mukti Namita Nandita Nibedita
            Nilima Nilanjana Nupur Paramita Parbati Parul Payel Piyali Poulami Prabhati Pratima
            Priti Priyanka Purabi Purnima Putul Rama Ranita Ranu Ratna Reba Rekha Riya Rina Rinku
            Rita Ruma Rumpa Rupa Sabita Sampa Sandhya Sanchita Sangita Saraswati Sarbani Sefali
            Shampa Shanti Sharmila Shibani Shila Shipra Shrabani Shukla Shyamali Sikha Sima Soma
            Sonali Sreeparna Srijita Subarna Suchitra Sucheta Sudipta Sujata Sukla Sulekha Sumitra
            Sumita Supriya Sushmita Susmita Sutapa Swapna Swati Tandra Tanima Tanushree Tapati
            Tripti Tulika Tumpa Uma Urmi
            """,
        families: """
            Adak Adhikari Acharya Bag Bagchi Bagdi Bairagi Bakshi Banerjee Banik Bar Barik Barman
            Barui Basak Basu Bauri Bera Bhadra Bhakta Bhattacharjee Bhattacharya Bhowmick Bhunia
            Biswas Bose Chakraborty Chakrabarti Chanda Chatterjee Chaudhuri Chowdhury Dalui
            Dandapat Das Dasgupta Datta Dawn De Deb Debnath Dey Dhar Dhara Dolai Dutta Gain
            Ganguly Garai Gayen Ghatak Ghorai Ghosal Ghosh Ghoshal Giri Goswami Guha Guin Gupta
            Haldar Halder Hazra Hembram Jana Jash Kar Karan Karar Karmakar Khamaru Khan Khanra
            Khatua Konar Koley Kundu Laha Lahiri Let Lohar Mahapatra Mahata Mahato Maity Maji
            Majhi Majumdar Mal Malakar Mali Mallick Manna Mandal Mandi Marik Metya Midya Misra
            Mitra Modak Mondal Mukherjee Munda Murmu Nag Nandi Nandy Naskar Nath Nayak Neogi Orang
            Pahari Paik Pain Pakhira Pal Palit Panda Panja Paramanik Patra Paul Pramanik Pradhan
            Purkait Pyne Rakshit Rana Rath Ray Roy Saha Samaddar Samanta Sanyal Santra Sarder
            Sarkar Sasmal Sen Sengupta Seth Shaw Shee Sikdar Sil Singha Sinha Soren Sur Talukdar
            Tarafdar Tudu
            """)

    static let eastern = NameRegion(
        men: """
            Abani Achyuta Ajaya Akshaya Amiya Ananta Anjan Antaryami Artatrana Ashwini Babula
            Baikuntha Balabhadra Balaram Banamali Bansidhar Basanta Benudhar Bhabani Bhagaban
            Bhagirathi Bhikari Bhimasen Bhubaneswar Bhupen Bibhuti Bichitra Bijaya Biju Bikram
            Bimbadhar Binod Biranchi Birendra Biswanath Bolin Brajakishore Brundaban Chaitanya
            Chakradhar Chandramani Chintamani Dambarudhar Damodar Dasarathi Debendra Dhaneswar
            Dharanidhar Dhruba Dibakar Digambar Dillip Dinabandhu Dipen Diganta Dolagobinda
            Duryodhan Gadadhar Gagan Gangadhar Gokul Golap Gopabandhu Gouranga Govinda Gunanidhi
            Hadu Harekrushna Haren Hemanta Hitesh Hrushikesh Indramani Jadumani Jagabandhu
            Jagannath Jatin Jayadeba Jogeswar Jugal Kailash Kalandi Kanhu Kamakhya Kartika
            Khageswar Khagen Kirtan Krushna Kshirod Lambodar Laxmidhar Lakhi Lohit Madan Mahendra
            Manoranjan Manmath Markanda Minaketan Monoj Muralidhar Nabakishore Nabin Naren
            Narahari Narottam Nilamani Niranjan Nityananda Padmanabha Padmalochan Pabitra
            Paramananda Parsuram Pitambar Prafulla Pradyumna Prahallad Prasanna Pratap Pravat
            Purna Purusottam Rabinarayan Raghunath Rajkishore Ramakanta Ranjit Rasananda Rupen
            Sachidananda Sailendra Sanatan Santanu Sarat Sarbeswar Satyabrata Siba Simanchal
            Sridhar Srikanta Subash Sudarsan Sukanta Surya Tankadhar Tapan Trilochan Trinath
            Uddhaba Upen Udayanath Upendra
            """,
        women: """
            Ahalya Ambika Amodini Anima Annapurna Anupama Arnapurna Arunima Banalata Bandana
            Banita Baruni Basanti Bedamati Bhabani Bhanumati Bijayalaxmi Bijuli Bilasini Binapani
            Binodini Bishnupriya Bobita Chanchala Chandrama Chhabirani Damayanti Debaki Debi
            Dhanamani Dipti Draupadi Dukhi Ganga Gelhi Giribala Gitanjali Golapi Gouri Haramani
            Hemalata Himadri Indumati Itishree Jamuna Janaki Janhabi Jasoda Jayanti Jharana Jhunu
            Jonali Junu Jyotsnarani Kabita Kajoli Kalabati Kalyani Kamini Kanaka Kanakalata
            Kanchana Karabi Khirodini Kuni Kumari Kuntala Labanya Laxmipriya Lilabati Lipsa
            Lopamudra Mamuni Madhusmita Mamina Manasi Mandakini Manjulata Manorama Matilata
            Mayadhari Minati Mitali Mousumi Namita Nalini Nandini Nibedita Nijara Nirupama Niru
            Padmabati Padmini Pallabi Pankajini Parbati Pramila Pranati Pramodini Pranita Prativa
            Premalata Pritilata Priyambada Purnima Puspanjali Rajani Rajashree Ranjita Rasmita
            Ratnamani Rebati Renubala Rina Rojalin Rupali Rukmini Sabita Sabitri Sailabala
            Sakuntala Sandhyarani Sanghamitra Sanjukta Santilata Sarala Saraswati Sarmistha
            Sasmita Satyabhama Sebati Smrutirekha Snehalata Sradhanjali Subhadra Subhashree
            Suchismita Sujata Sukanti Sulochana Sumati Sunanda Surama Suryakanti Susama Swapnarani
            Swarnalata Tilottama Tulasi Umarani Urbashi Usharani
            """,
        families: """
            Acharya Baghel Bag Bagh Bal Baliarsingh Barik Baral Barman Baro Baruah Basumatary
            Behera Bhoi Bhol Bhuyan Bisoi Biswal Bora Borah Bordoloi Borgohain Brahma Champatiray
            Chetia Chutia Das Dalai Dalei Dandasena Dakua Dash Deka Devi Dehury Dhal Digal Dowarah
            Dutta Gamang Ganda Gogoi Goswami Gouda Gountia Guru Handique Hansda Hati Hazarika
            Hembram Hota Jal Jena Kakati Kalita Kar Karua Katuwal Keot Khatei Khatua Khosla
            Khuntia Kisan Konwar Kuanr Lahkar Lenka Lima Mahakud Mahalik Mahanta Mahapatra
            Maharana Mahunta Majhi Malik Mallik Malakar Mandal Mangaraj Medhi Meher Mishra Mohanta
            Mohanty Moharana Mohapatra Munda Muduli Nag Nahak Naik Narzary Nath Nayak Neog Ojah
            Oram Padhan Padhi Padhy Padhiary Palei Panda Pani Panigrahi Parida Pathak Patgiri
            Patnaik Patra Phukan Pradhan Praharaj Pujari Puhan Rabha Raj Rajbongshi Rajguru Rath
            Raut Ray Rout Routray Sabar Sahoo Sahu Saikia Samal Samantaray Saraf Sarmah Satapathy
            Sethi Sethy Senapati Shyam Singha Sonowal Swain Talukdar Tanti Tarai Tripathy Tudu
            """)
}
