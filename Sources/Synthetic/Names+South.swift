/// Names of Tamil Nadu, of Andhra Pradesh and Telangana, of Karnataka, and of Kerala.
extension NameRegion {
    static let tamil = NameRegion(
        men: """
            Aadhavan Alagar Anbarasan Anbu Annamalai Arivazhagan Arockiasamy Arul Arumugam
            Arunachalam Ayyanar Balaji Balakrishnan Balamurugan Balasubramanian Baskaran Boopathi
            Chandran Chandrasekaran Chellappan Chelladurai Chidambaram Chinnadurai Chinnasamy
            Chokkalingam Devarajan Dhanasekaran Dhandapani Dharmalingam Duraisamy Durairaj Elango
            Elumalai Ezhumalai Ganapathy Ganesan Gnanasekar Gopalakrishnan Govindan Govindaraj
            Gunasekaran Gurusamy Ilangovan Ilayaraja Irulappan Jaganathan Jayakumar Jayaraman
            Jeyaraj Kalaiselvan Kaliappan Kaliyaperumal Kandasamy Kannan Karthick Karthikeyan
            Karuppasamy Karuppaiah Kathiravan Kathiresan Kesavan Krishnamoorthy Krishnan
            Kulanthaivel Kumaravel Kumaresan Kuppusamy Loganathan Madasamy Madhavan Mahalingam
            Manickam Manikandan Manivannan Marimuthu Mariappan Mathiazhagan Mayilsamy Mohanraj
            Moorthy Mookkan Munusamy Murugan Murugesan Muthu Muthukumar Muthuraman Muthusamy
            Nagaraj Nagarajan Nallasamy Natarajan Navaneethan Nedunchezhiyan Padmanaban Palani
            Palanisamy Palaniappan Panneerselvam Paramasivam Parthiban Pavithran Periyasamy
            Perumal Ponnusamy Prabakaran Prabhu Pugazhendhi Raja Rajagopal Rajamanickam Rajasekar
            Rajendran Ramachandran Ramalingam Raman Ramasamy Ramesh Ranganathan Rathinam
            Ravichandran Sakthivel Samikannu Sampath Sankar Santhanam Saravanan Sathish
            Sathiyamoorthy Selvam Selvakumar Selvaraj Senthil Senthilkumar Settu Shanmugam
            Sivakumar Sivalingam Sivaraman Soundararajan Srinivasan Subramani Subramanian
            Sudalaimuthu Sundaram Sundararajan Suresh Suriya Tamilselvan Thangaraj Thangavel
            Thirumalai Thiyagarajan Thirunavukkarasu Udhayakumar Ulaganathan Vadivel
            Vaithiyanathan Varadarajan Veeramani Veerasamy Velayutham Velmurugan Velu
            Venkatachalam Venkatesan Vetrivel Vignesh Vijayakumar Viswanathan Yuvaraj
            """,
        women: """
            Abirami Adhilakshmi Alagammal Alamelu Amaravathi Ambika Amsa Amudha Anandhi Anbuselvi
            Angammal Anjalai Anushya Arulmozhi Arumugathai Backiyam Banumathi Bhuvaneswari
            Chellammal Chinnaponnu Chitra Devaki Dhanalakshmi Dhanam Divyabharathi Durgadevi
            Eswari Ezhilarasi Gandhimathi Gayathri Gnanasoundari Gomathi Gowri Gunavathi Hemalatha
            Ilakkiya Indhumathi Indirani Isakkiammal Jagadeeswari Jamuna Jayalakshmi Jayanthi
            Jeeva Jeyanthi Jothi Kaliammal Kalaiselvi Kalaivani Kalpana Kamakshi Kamala
            Kanagavalli Kanchana Kanimozhi Kanmani Kannagi Karpagam Karthika Karuppayee Kasthuri
            Kavitha Kayalvizhi Kokila Komathi Krishnaveni Kuppammal Kurinji Lakshmi Lalitha
            Lavanya Logeshwari Loganayaki Madhumathi Mageswari Mahalakshmi Maheswari Malarkodi
            Malarvizhi Malliga Manimegalai Manimekalai Manonmani Maragatham Mariammal Mariyammal
            Masilamani Meenakshi Meenambal Mohana Mookkammal Muniyammal Murugammal Muthulakshmi
            Muthumari Muthammal Nagammal Nagalakshmi Nagavalli Nallammal Nandhini Navaneetham
            Nithya Padma Padmavathi Palaniammal Panchavarnam Pappathi Parameswari Parimala
            Parvathi Pavithra Pechiammal Periyanayagi Petchiammal Ponmani Ponnammal Poongodi
            Poongothai Poornima Porkodi Prema Pushpam Pushpavalli Radhika Rajakumari Rajalakshmi
            Rajammal Rajathi Rajeswari Ramya Ranjitham Rathinam Revathi Rukmani Saraswathi
            Sarojini Saroja Sathya Savithri Selvarani Selvi Senthamarai Shanmugapriya Shanthi
            Sharmila Sivagami Sivakami Subbulakshmi Suganthi Sugunadevi Sumathi Sundari Tamilarasi
            Tamilselvi Thangam Thangammal Thenmozhi Thilagavathi Thulasi Umamaheswari Unnamalai
            Usha Vaitheeswari Valarmathi Valliammal Vasantha Vasuki Vedavalli Veerammal Velammal
            Vennila Vijaya Vijayalakshmi Yasodha Yogeswari
            """,
        families: """
            Achari Asari Chettiar Gounder Iyer Iyengar Konar Mudaliar Nadar Naicker Naidu
            Padayachi Pandian Pandaram Pillai Rajan Rao Reddiar Servai Thevar Udayar Vanniyar
            Vellalar Arasu Arunkumar Bharathi Chelliah Cholan Dhas Doss Ezhilan Fernando Gnanam
            Ilango Jebaraj Joseph Kalyanasundaram Karunanidhi Kumar Lourdusamy Manoharan Maran
            Mariadass Michael Moses Muniyandi Muthiah Nambi Natesan Paul Pichai Rajkumar Ramar
            Rangasamy Samuel Sekar Selvan Sethuraman Siva Solomon Somasundaram Soosai Stephen
            Sundar Thomas Vasan Veerapandian Vijayan Vinayagam Xavier
            """,
        isPatronymic: true)

    static let telugu = NameRegion(
        men: """
            Adinarayana Ananda Anjaiah Anjaneyulu Appalaraju Appanna Appa Ashok Balaiah
            Balakrishna Balaraju Balaswamy Bhaskar Bhaskara Bheemesh Bhikshapathi Bikshapathi
            Brahmaiah Brahmaji Buchaiah Chalapathi Chandra Chandraiah Chandrasekhar Chennaiah
            Chinna Chiranjeevi Danaiah Dasu Dharmaiah Durgaprasad Eswara Eshwar Gangadhar Gangaiah
            Ganesh Gopal Gopi Gopinath Govardhan Gurappa Gurunatham Hanumanth Hanumanthu Haribabu
            Harinath Hussenaiah Ilaiah Jagadeesh Jaganmohan Jangaiah Janardhan Jogarao Kameswara
            Kanakaiah Kiran Kishore Kistaiah Komaraiah Kondaiah Kondalu Koteswara Kotaiah Krishna
            Krishnaiah Krishnamurthy Kumaraswamy Kurmaiah Lakshmaiah Lakshman Lakshminarayana
            Laxminarsaiah Lingaiah Lokesh Madhava Madhu Mahesh Malleswara Mallaiah Mallesh
            Mallikarjuna Manohar Markandeya Mohan Murali Muralidhar Muthyalu Nagabhushanam Nagaiah
            Nageswara Nagendra Nagesh Nagulu Narasaiah Narasimha Narasimhulu Narayana Narsimha
            Naveen Nookaraju Obulesu Papaiah Paparao Parameswara Parasuram Parvatalu Pedda
            Pentaiah Peraiah Pichaiah Pochaiah Prabhakar Pradeep Prakash Prasad Praveen Pullaiah
            Purnachandra Raghava Raghavendra Raghu Raja Rajaiah Rajababu Rajamallu Rajashekar
            Rajesh Rajeswara Ramachandra Ramaiah Ramana Ramanjaneyulu Ramarao Rambabu Ramesh
            Rameswara Ramulu Ranganna Ravi Ravikumar Ravindra Sailu Saidulu Sambaiah Sambasiva
            Samuel Sanjeeva Sankara Santosh Sarveswara Sathaiah Satyam Satyanarayana Seenu
            Seshaiah Seshagiri Shankaraiah Simhachalam Sivaiah Siva Sivaji Someswara Sreedhar
            Sreekanth Sreenivas Sreeramulu Srihari Srikanth Srinivas Srinivasulu Srisailam
            Subbaiah Subbarao Subrahmanyam Sudhakar Suresh Suryanarayana Swamy Tataji Tatarao
            Thirupathi Tirumala Trinadh Tulasi Umamaheswara Upendra Vasu Veeraiah Veerabhadra
            Veerraju Venkaiah Venkanna Venkata Venkatarao Venkatesh Venkateswarlu Venkatramana
            Venu Venugopal Vijay Viswanadh Yadagiri Yadaiah Yedukondalu Yellaiah
            """,
        women: """
            Achamma Adilakshmi Akkamma Alivelu Amala Ammaji Anantha Anasuya Andalu Anitha Anjamma
            Annapurna Anuradha Anusha Appayamma Aruna Atchamma Bagyamma Balamani Balamma
            Balanagamma Bharathi Bhagya Bhagyalakshmi Bhavani Bhulakshmi Chandrakala Chandramma
            Chinnamma Chittemma Dhanalakshmi Devamma Durga Durgamma Eeswaramma Esther Gangamma
            Ganga Gouramma Govindamma Gowri Haritha Hemalatha Hymavathi Indira Iswaramma Jaya
            Jayalakshmi Jayamma Jhansi Jyothi Kalavathi Kalyani Kamala Kanakadurga Kanakamma
            Kantamma Katamma Kavitha Kistamma Komuramma Kondamma Koteswaramma Kotamma
            Krishnakumari Krishnaveni Kumari Lakshmamma Lakshmi Lakshmidevi Lakshmikantham Lalitha
            Latha Lavanya Laxmamma Lingamma Madhavi Mahalakshmi Maheswari Mallamma Malleswari
            Mallika Mangamma Mani Manikyam Manjula Mariyamma Mounika Munemma Muthamma Muthyalamma
            Nagamani Nagamma Nagalakshmi Nagaratnamma Nageswari Narasamma Narsamma Nirmala
            Nookalamma Obulamma Padma Padmaja Padmavathi Pandamma Papamma Parvathamma Parvathi
            Pentamma Peddamma Pochamma Prameela Prasanna Pravalika Pullamma Pushpa Radha Rajamani
            Rajamma Rajeswari Rajitha Rajyalakshmi Ramadevi Ramana Ramanamma Ramulamma Rathnamma
            Ratnakumari Ravanamma Renuka Rohini Rukmini Sailaja Sammakka Sandhya Sarada Saradamma
            Saraswathi Saritha Sarojini Satyavathi Savitri Seetha Seethamma Seshamma Shanthamma
            Shobha Sirisha Sivamma Somamma Sowjanya Sravanthi Sreedevi Sridevi Srilatha Subbamma
            Subhadra Sudha Sugunamma Sujatha Sulochana Sumalatha Sunitha Suseela Swapna
            Swarnalatha Swarupa Tirupathamma Tulasamma Umadevi Usha Vani Vanitha Varalakshmi
            Vasantha Veeramma Venkamma Venkatalakshmi Venkataramana Venkatamma Vijaya
            Vijayalakshmi Vimala Yadamma Yashoda Yellamma
            """,
        families: """
            Achanta Addanki Adepu Akula Alla Allu Ambati Anumula Arigela Atla Avula Baddam Balla
            Bandaru Bandi Banoth Bathula Battula Beesu Bellamkonda Bhukya Bhuma Bobbili Boda
            Bodapati Boddu Boggarapu Bollam Bommidi Bonthu Boya Boyina Chalasani Challa Chappidi
            Chavali Chebrolu Chekuri Chelluri Chilaka Chintala Chirumamilla Chitturi Dadi Dama
            Damera Dandu Darapu Dasari Daggubati Devarakonda Dharavath Dodda Dokku Donthula
            Duggirala Edara Eedara Ega Elluru Gade Gaddam Gadi Gajula Galla Gandham Gangula Ganta
            Garikapati Gatla Golla Gollapudi Goli Gorantla Gottipati Gudipati Gudivada Gundu Gunda
            Guntupalli Gurram Guguloth Islavath Jada Jakkula Jala Jampani Jatoth Jogi Kadiyala
            Kakarla Kalva Kamma Kancharla Kandula Kanna Karri Kasturi Katta Kavuri Kesineni
            Ketavath Kodali Kolli Komati Kommineni Kommu Konda Konduri Konakalla Koppula Korrapati
            Kosaraju Kota Kothapalli Kuchipudi Kunchala Kurapati Lakkireddy Lavudya Lingam Macha
            Madala Maddela Maddi Malla Malothu Mallela Manda Mandava Maram Maringanti Marri Masna
            Medisetti Meka Mekala Mogili Mudavath Muddada Mudraboyina Mullapudi Muppala Musunuri
            Mutyala Nagireddy Nalla Namburi Nandamuri Nandyala Narra Nenavath Nimmala Nune Pabba
            Paidi Palle Palakurthi Panchumarthi Pappu Paruchuri Pasupuleti Patnam Pendyala Penta
            Perla Peddi Pinnamaneni Pitta Polavarapu Ponnam Potluri Pothuraju Pulla Puli Putta
            Racha Ramavath Rao Rapolu Rathod Ravula Rayapati Reddy Sabavath Sajja Sanka Sana
            Sangaraju Seelam Sesham Setti Siddi Simha Sirigiri Somu Srirama Sunkara Surapaneni
            Talari Tadi Tadepalli Talasila Talluri Tanneru Telu Thota Tirumalasetti Tumma Tummala
            Udatha Uppala Uppu Vadde Vaddi Valluri Vanga Varma Vasireddy Veeramalla Velagapudi
            Vemula Vemuri Vennela Vislavath Yadla Yalamanchili Yarlagadda Yerra Yeluri
            """)

    static let kannada = NameRegion(
        men: """
            Adarsh Ajjappa Amaresh Anandappa Anjinappa Annappa Arun Ashok Baburao Basappa
            Basavaraj Basavanna Basavaiah Bhadrappa Bharamappa Bheemappa Bhimanna Bhimappa Boraiah
            Byrappa Byregowda Channabasappa Channappa Chandrappa Chandrashekar Chethan Chikkanna
            Dayananda Devappa Devaraj Devegowda Dhananjaya Doddaiah Dodda Doreswamy Durgappa
            Erappa Eranna Fakirappa Gangadharappa Gangappa Ganapathi Girimallappa Girisha
            Giriyappa Gopalappa Gundappa Guruprasad Gurubasappa Gururaj Guruswamy Halappa Halesh
            Hanamantha Hanumanthappa Hanumantharaju Harisha Hemanth Honnappa Huchappa Iranna
            Ishwarappa Jagadeesha Jagannatha Jayanna Jayaram Kallappa Kalmesh Kantharaju
            Karibasappa Karthik Kempaiah Kempanna Kenchappa Kiran Krishnappa Krishnegowda Kumara
            Lakkappa Lakshmana Lakshminarayana Lingappa Lingaraju Lokesh Machaiah Madappa
            Madegowda Mahadevappa Mahadevaiah Mahantesh Maheshwarappa Malleshappa Mallappa
            Mallikarjun Manjappa Manjunath Mariswamy Mariyappa Maruthi Mudukappa Mukappa Muniraju
            Muniyappa Muttappa Nagappa Nagaraja Nagendrappa Nanjappa Nanjegowda Nanjundappa
            Narasimhamurthy Narasappa Narayanappa Ningappa Ninganna Niranjan Omkarappa Pampapathi
            Papanna Paramesh Parameshwarappa Parashuram Prabhuswamy Prahlad Prashanth Praveen
            Purushotham Puttaraju Puttaswamy Raghavendra Rajanna Rajappa Rajashekhar Rajegowda
            Rajendra Ramanna Ramappa Ramegowda Rangappa Ranganatha Rangaswamy Ravindra Revanna
            Rudrappa Rudresh Sadananda Sangappa Sanganna Sathish Shanmukha Shankarappa Sharanappa
            Shekhar Shekharappa Shivanna Shivalingappa Shivakumar Shivananda Shivaraj Siddappa
            Siddaramaiah Siddegowda Siddesh Siddaraju Somanna Somashekar Sreenivasa Srikanta
            Subbanna Sudeep Suresha Thimmaiah Thimmappa Thippeswamy Umapathi Umesh Vasanth
            Veerabhadrappa Veeranna Venkatappa Venkatesha Virupaksha Virupakshappa Vishwanath
            Yallappa Yathish Yogesha
            """,
        women: """
            Akkamahadevi Ambamma Amruthamma Anasuyamma Annapurna Anupama Anusha Arathi Asharani
            Bangaramma Basamma Basavva Bhagyamma Bhagirathi Bharathi Bhavya Bheemavva Bhuvana
            Byramma Chaitra Chandrakala Chandramma Channamma Channavva Chikkamma Chowdamma
            Deepashree Devamma Devaki Deviramma Dhanalakshmi Doddamma Drakshayani Durgamma Eramma
            Fakiravva Gangamma Gangavva Gayathri Geetha Girijamma Girija Gouramma Gowramma
            Hanamavva Hanumakka Hanumavva Hema Hemavathi Honnamma Huchamma Indiramma Iravva
            Jayalakshmi Jayamma Jayanthi Jyothi Kalavathi Kalpana Kamalamma Kamalavva Kamala
            Kanakamma Kashavva Kavitha Kavya Kempamma Kenchamma Kousalya Krishnamma Kusuma
            Lakkamma Lakshmamma Lakshmavva Lakshmidevamma Lalithamma Lathamani Laxmavva Leelavathi
            Lingamma Lingavva Madamma Madevi Mahadevamma Mahadevi Mahalakshmi Mallamma Mallavva
            Mamatha Mangalamma Mangala Manjamma Manjula Mariyamma Megha Muddamma Mukambika
            Muniyamma Muttavva Nagamma Nagarathna Nagaveni Nandini Nanjamma Narasamma Neelamma
            Neelavva Ningamma Ningavva Nirmala Padma Padmamma Padmavathi Papamma Parvathamma
            Parvathi Pavithra Prabhavathi Pramila Prema Puttamma Puttalakshmi Pushpalatha Radhamma
            Rajamma Rajeshwari Ramya Rangamma Rathnamma Ratnavva Renuka Renukamma Roopa Rudramma
            Rudravva Rukminamma Sakamma Sangamma Sangavva Sannamma Sarasamma Saraswathi Sarojamma
            Savitha Savithramma Shakunthala Shanthamma Shantavva Sharadamma Sharanamma Shashikala
            Shilpa Shivamma Shivaganga Shobha Shruthi Shwetha Siddamma Siddavva Sowmya Sringara
            Subbamma Subhadramma Sudha Sujatha Sumathi Sumithra Sunanda Sunitha Susheelamma
            Tayamma Thayamma Thimmakka Thippamma Tulasamma Umadevi Vanajakshi Varalakshmi Vasantha
            Vedavathi Veena Venkatamma Vijayalakshmi Vimala Vinoda Yallamma Yallavva Yashodamma
            """,
        families: """
            Achar Acharya Angadi Arasu Aradhya Badiger Bagewadi Balaganur Banakar Bangera Belagali
            Bellad Bendigeri Bhajantri Bhandari Bhat Bhovi Biradar Bolar Chalawadi Chavan
            Chandargi Chikkamath Chinnappa Dalawai Desai Deshpande Devadiga Dodamani Doddamani
            Dyamannavar Gaddi Ganiga Gaonkar Gouda Goudar Gowda Gurikar Hadapad Hadimani Halakatti
            Hallur Harijan Havanur Hebbar Hegde Herle Hiremath Holkar Hosamani Hosmath Hubballi
            Huddar Hugar Ilager Itagi Jadhav Jamadar Jambagi Jogi Joshi Kabbur Kadam Kadakol
            Kallur Kalburgi Kamath Kamble Kammar Karanth Karjagi Karkera Kattimani Kerur Kini
            Koppad Kori Kotian Koti Kottur Kudari Kulal Kulkarni Kumbar Kundar Kuri Kuruba Lamani
            Lakkundi Madar Madivala Magadum Mahale Majjigi Malagi Malali Mallapur Mane Math Mathad
            Megeri Mendon Moger Mudhol Muddebihal Mulimani Mundargi Murthy Nadig Naik Nadagouda
            Nagaral Nayak Nayaka Navalgund Nekar Nidagundi Odeyar Padasalagi Pai Pala Pangal Patil
            Patri Pattar Poojary Poojari Prabhu Pujar Rai Rathod Raikar Rao Reddy Ron Salian
            Salimath Samagar Sanadi Sankannavar Saunshi Savadi Setty Shanbhag Shenoy Shet Shetty
            Shiggaon Shirur Shivalli Sindagi Sulibele Suvarna Talwar Tantri Telsang Totad Tigadi
            Udupa Upadhya Uppar Urs Vaidya Vaddar Valmiki Vastrad Wali Yadav Yadawad Yaragatti
            """)

    static let malayali = NameRegion(
        men: """
            Abhilash Achuthan Ajayan Ajith Ajeesh Alex Alexander Anandan Aneesh Anilkumar Antony
            Anoop Appukuttan Aravindakshan Arjunan Ashokan Asokan Augustine Ayyappan Babu Baby
            Balachandran Balakrishnan Balan Benny Bhaskaran Biju Bijumon Bineesh Binoy Binu Chacko
            Chandran Chandrasekharan Cherian Damodaran Dasan Davis Devadas Devassy Dileep Dineshan
            Divakaran Eldho Gangadharan George Gheevarghese Gireesh Gopakumar Gopalakrishnan
            Gopalan Gopi Gopinathan Govindan Haridas Harikumar Hareesh Jacob James Janardhanan
            Jayachandran Jayakumar Jayan Jayaprakash Jibin Jijo Jinesh Jobin Joby Johnson Johny
            Jojo Jomon Jose Joseph Joshy Joy Karunakaran Kesavan Kochukunju Krishnadas
            Krishnankutty Kumaran Kunjappan Kunjumon Kuriakose Kurian Kuttan Kuttappan Lijo
            Lineesh Madhavan Madhusoodanan Manikuttan Manoj Mathai Mathew Mohanan Mohandas
            Muraleedharan Murali Narayanan Narayanankutty Nikhil Nishanth Ouseph Padmakumar
            Padmanabhan Paily Pappachan Parameswaran Paul Paulose Pavithran Peter Philip
            Prabhakaran Pradeepkumar Prakasan Pramod Prasannan Prasanth Premachandran
            Purushothaman Radhakrishnan Raghavan Rahulan Rajagopalan Rajan Rajappan Rajeevan
            Rajendran Rajesh Rajmohan Ramachandran Ramakrishnan Raman Ramankutty Rameshan Ranjith
            Ratheesh Raveendran Renjith Reji Rijo Robin Sabu Sadanandan Sahadevan Saji Sajan
            Sajeev Sajith Sanal Sankaran Santhosh Sarath Saseendran Sasidharan Sasi Satheesan
            Satheesh Scaria Shaji Shajan Sharath Shibu Shijo Shiju Sibi Sijo Sivadasan Sivan
            Sivankutty Somarajan Soman Sreedharan Sreejith Sreekumar Subhash Sudhakaran Sudheer
            Sugathan Sukumaran Sunilkumar Surendran Sureshkumar Thankachan Thankappan Thomas Tomy
            Udayakumar Unni Unnikrishnan Varghese Vasudevan Vasu Velayudhan Venugopal Vijayan
            Vijayakumar Vineeth Vinodkumar Vishnu Viswambharan Viswanathan Xavier Yohannan
            """,
        women: """
            Aiswarya Aleyamma Alice Alphonsa Ambika Ambili Amminikutty Ammini Anila Anitha Anju
            Anjali Annamma Annakutty Anumol Anupama Aparna Aswathy Athira Beena Bhanumathy
            Bhargavi Bhavani Bindhu Bindu Bini Bincy Chandrika Chandramathi Chinnamma Daisy Deepa
            Deepthi Devaki Devayani Dhanya Divya Elamma Elizabeth Elsy Eliyamma Geetha
            Geethakumari Girija Gouri Gracy Greeshma Hema Indira Jalaja Jancy Janaki Jaya
            Jayalekshmi Jayanthi Jayasree Jessy Jincy Jini Jisha Jolly Jyothi Jyothilekshmi
            Kalyani Kamalakshi Kamalamma Karthiayani Karthyayani Kavitha Kochuthresia Komalavally
            Kousalya Krishnakumari Kunjamma Kunjumol Laila Lakshmikutty Lalitha Latha Leela
            Leelamma Leelamani Lekha Lilly Lincy Lissy Lizy Madhavi Malathy Malini Mallika Manju
            Mariakutty Mariamma Mary Marykutty Maya Meenakshi Meera Mercy Mini Minimol Mollykutty
            Molly Nalini Nandana Nimmy Nirmala Nisha Omana Omanakutty Padmakshi Padmavathi Padmini
            Pankajakshi Parukutty Parvathy Pennamma Philomina Ponnamma Prabha Prameela Prasanna
            Prasannakumari Preetha Prema Priya Pushpa Pushpavally Rachel Radha Radhamani Rajamma
            Rajani Rajasree Rajeswari Raji Rakhi Ramani Rasheeda Rathi Ratnamma Reeja Reena Rekha
            Remya Remani Reshmi Retnamma Rosamma Rosily Rosy Sabitha Saleena Sandhya Santha
            Santhakumari Santhamma Saraswathy Saritha Sarada Saradha Sarojini Sathi Sathyabhama
            Savithri Seena Shanta Sheeba Sheela Sheena Sheeja Shiji Shiny Shobhana Shyamala
            Shylaja Simi Sindhu Sini Sivakami Smitha Sobha Sobhana Soly Soniya Soosamma Sosamma
            Soumya Sreedevi Sreeja Sreekala Sreelatha Sreelekshmi Subhadra Sudha Sudharma Sujatha
            Sukumari Suma Sumangala Sumathi Sunitha Suseela Susamma Swapna Thankamani Thankamma
            Thresiamma Usha Ushakumari Valsala Valsamma Vanaja Vasantha Vasanthakumari Veena
            Vijayakumari Vijayamma Vilasini Vimala Yamuna
            """,
        families: """
            Abraham Achari Antony Asari Augustine Chacko Chandy Cherian Cheriyan Chakyar Devassia
            Eapen Elayidam Ezhuthachan Ganakan Ittoop Iype Jacob John Joseph Kaimal Kartha Koshy
            Kunju Kurian Kurup Kuriakose Kuruvilla Lonappan Mammen Mani Marar Mathai Mathew Menon
            Moolayil Nadar Nair Nambeesan Nambiar Namboothiri Ninan Oommen Ouseph Panicker Paul
            Paulose Peediyekkal Philip Philipose Pillai Pisharody Poduval Pothan Potti
            Puthenpurackal Poovathingal Punnoose Raj Rajan Scaria Sebastian Thampan Thampi
            Tharakan Thekkedath Thomas Unnithan Valiyaveettil Varghese Variar Varkey Varma
            Vadakkedath Warrier Yesudas Zachariah
            """)
}
