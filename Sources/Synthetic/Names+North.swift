/// Names of the Hindi-speaking states, of Punjab, and of Muslim families everywhere.
extension NameRegion {
    static let hindi = NameRegion(
        men: """
            Aakash Abhay Abhishek Ajay Akhilesh Amit Amresh Anand Anil Anuj Arun Arvind Ashok
            Ashutosh Avinash Awadhesh Balram Bhagwan Bharat Bhola Brijesh Chandan Chhotu Deepak
            Devendra Dharmendra Dilip Dinesh Durgesh Gajendra Ganesh Gaurav Girish Govind Gulab
            Hari Harish Hemant Inder Jagdish Jitendra Kailash Kamal Kamlesh Kapil Krishna Kuldeep
            Lalit Lokesh Mahendra Mahesh Manish Manoj Mohan Mukesh Munna Narendra Naresh Naveen
            Neeraj Nitin Omprakash Pankaj Pappu Pawan Pradeep Prakash Pramod Praveen Prem Puran
            Raghuveer Rahul Raj Rajendra Rajesh Rajkumar Rakesh Ram Ramesh Ramlal Ranjeet Ravi
            Rohit Roshan Sachin Sandeep Sanjay Sanjeev Santosh Satish Satyendra Shailesh Shankar
            Shivam Shyam Sitaram Sonu Subhash Sudhir Sunil Suraj Surendra Suresh Tarun Umesh
            Upendra Vijay Vikas Vikram Vinay Vinod Vipin Virendra Vishal Vishnu Vivek Yogesh
            Yogendra
            """,
        women: """
            Aarti Alka Anamika Anita Anjali Anju Anuradha Archana Asha Babita Bharti Bimla Chanda
            Chandni Deepa Devki Divya Durga Gayatri Geeta Girija Gita Gudiya Guddi Hemlata Indu
            Jaya Jyoti Kajal Kalawati Kalpana Kamla Kanchan Kavita Khushbu Kiran Komal Kusum
            Lakshmi Lalita Laxmi Leela Madhu Mamta Manisha Manju Maya Meena Meera Monika Mukta
            Munni Neelam Neetu Neha Nirmala Nisha Nitu Pinki Phoolmati Pooja Poonam Prabha
            Pratibha Preeti Prema Priyanka Pushpa Radha Rajni Rama Ranjana Rani Rashmi Reena Rekha
            Renu Rita Ritu Roshni Ruby Rukmini Sangeeta Sarita Sarla Saroj Savita Seema Shakuntala
            Shanti Sharda Sheela Shobha Shweta Simran Sita Sneha Soni Sudha Sulekha Suman Sumitra
            Sunita Sushila Sushma Swati Tara Tulsi Uma Urmila Usha Vandana Veena Vidya Vimla
            """,
        families: """
            Agarwal Agrawal Ahirwar Awasthi Bajpai Baghel Bansal Bhagat Bhandari Bharti Bhatnagar
            Bisht Chandra Chaturvedi Chaubey Chauhan Chaurasia Choudhary Dixit Dubey Dwivedi
            Gautam Goel Goswami Gujjar Gupta Jain Jaiswal Jangid Jatav Jha Joshi Kanaujia Kashyap
            Katiyar Keshari Khandelwal Koli Kumar Kumawat Kushwaha Lodhi Mahato Mahto Malviya
            Mandal Manjhi Mathur Maurya Meena Mehta Mishra Mittal Nagar Nai Negi Nigam Nishad Ojha
            Pal Panchal Pandey Panwar Paswan Patel Pathak Patwa Prajapati Prasad Purohit
            Raghuvanshi Raikwar Rai Rajak Rajput Ram Rana Rastogi Rathore Rawat Sahni Sahu Saini
            Saxena Sen Shakya Sharma Shrivastava Shukla Singh Singhal Sinha Solanki Soni
            Srivastava Thakur Tiwari Tomar Tripathi Tyagi Upadhyay Vaishya Verma Vishwakarma Vyas
            Yadav
            """)

    static let punjabi = NameRegion(
        men: """
            Ajmer Amandeep Amarjeet Amrik Amritpal Arshdeep Avtar Baldev Balbir Baljinder Balkar
            Balwant Balwinder Bhupinder Bikramjit Charanjit Darshan Daljit Davinder Dharampal
            Gagandeep Gurbachan Gurcharan Gurdeep Gurdev Gurjant Gurmeet Gurmukh Gurnam Gurpreet
            Gurtej Gurvinder Harbans Harbhajan Hardeep Harinder Harjinder Harjit Harmanpreet
            Harpreet Harvinder Inderjit Jagdeep Jagjit Jagroop Jagtar Jarnail Jasbir Jaskaran
            Jaspal Jasvir Jaswant Jatinder Jeevan Jugraj Kamaljit Karamjit Karnail Kashmir Kewal
            Kirpal Kulbir Kuldip Kulwant Lakhwinder Lovepreet Major Malkit Mandeep Manjinder
            Manjit Manmohan Manpreet Maninder Mohinder Mukhtiar Navdeep Nirmal Paramjit Parminder
            Piara Prabhjot Pritam Rajinder Rajwinder Ranjit Ravinder Sarabjit Satnam Satpal
            Satwinder Simranjit Sukhbir Sukhdev Sukhjinder Sukhwinder Surinder Surjit Swaran
            Tarlochan Tejinder Varinder Yadwinder
            """,
        women: """
            Amanpreet Amarpreet Amrit Amritpreet Anmolpreet Arshpreet Baljeet Baljit Balwinderjit
            Beant Bhupinderjit Charanjeet Daljeet Davinderjit Dilpreet Gagan Gurdeepak Gurinder
            Gurjeet Gurjit Gurleen Gurmail Gurmit Gurpinder Harbans Hardip Harjeet Harjot Harleen
            Harmeet Harpinder Harsimran Harsimrat Inderpreet Ishpreet Jagdish Jagir Jasleen
            Jasmeet Jasmine Jaspreet Jasvinder Jaswinder Jeet Kamal Kamaldeep Kamaljeet Kamalpreet
            Karamjeet Kiranjit Kirandeep Kiranpal Komalpreet Kulbeer Kuldeep Kulvir Kulwinder
            Lakhvir Loveleen Mahinder Maninderjit Manjeet Manjot Mehak Mohinderjit Nachhattar
            Narinder Navjot Navneet Navpreet Navreet Nirmaljit Paramjeet Parkash Parmjit Prabhjit
            Prabhleen Preet Pritpal Rajbir Rajdeep Rajpreet Rajvir Ramandeep Ramanpreet Ranjeet
            Rupinder Rupinderjit Sandeep Sarabjeet Satinder Satveer Satvir Savinder Simarjit
            Simran Simranpreet Sukhjeet Sukhjit Sukhmani Sukhpreet Sukhveer Surinderjit Surjeet
            Swaranjit Tejwinder Veerpal
            """,
        families: """
            Aujla Atwal Aulakh Bains Bajwa Bal Banwait Basra Batth Bedi Bhatia Bhatti Bhullar Brar
            Buttar Chadha Chahal Chawla Cheema Chhina Chopra Deol Dhaliwal Dhami Dhanoa Dhillon
            Dhindsa Dhingra Dosanjh Gandhi Ghuman Gill Goraya Grewal Gujral Hans Heer Hundal
            Jassal Jaura Johal Kahlon Kairon Kalra Kalsi Kang Kapoor Kaushal Khaira Khanna Khosla
            Khurana Kler Kohli Kumar Lal Lamba Luthra Maan Madaan Mahal Malhi Malhotra Malik
            Mangat Mann Mehra Minhas Multani Nagra Nijjar Oberoi Pabla Pannu Parmar Phull Puri
            Purewal Randhawa Ratti Sahota Saini Samra Sandhu Sangha Sarao Sekhon Sethi Sharma
            Shergill Sidhu Singh Sodhi Sohal Sran Sukhija Suri Talwar Thandi Thind Tiwana Toor
            Uppal Virk Wadhwa Walia Warraich
            """)

    static let muslim = NameRegion(
        men: """
            Abdul Abid Abrar Adil Adnan Aftab Ahmad Ahsan Ajmal Akbar Akhtar Akram Alauddin Altaf
            Aman Amin Amir Amjad Anis Ansar Anwar Aqib Arbaz Arif Arman Arshad Asad Asghar Ashfaq
            Ashraf Asif Aslam Atif Ayub Azad Azhar Aziz Azmat Babar Bashir Bilal Danish Dilshad
            Ejaz Fahad Faisal Faiz Faizan Farhan Farooq Fazal Feroz Firdaus Gafoor Ghulam Habib
            Hafiz Haider Hamid Hanif Haroon Hasan Hashim Hussain Ibrahim Idris Imran Imtiaz
            Intezar Iqbal Irfan Irshad Ismail Israr Jabbar Jafar Jahangir Jalil Jamal Javed
            Jamshed Junaid Kaif Kalim Karim Kashif Khalid Khurshid Liaqat Mahboob Majid Maqsood
            Masood Mehtab Mohsin Mubarak Mujahid Mukhtar Munir Murtaza Mushtaq Mustafa Nadeem Naim
            Nasir Naushad Nawab Nazim Nizam Noor Nooruddin Owais Parvez Qasim Rafiq Rahim Rais
            Rashid Raza Rehan Riyaz Rizwan Sabir Saddam Sadiq Saif Sajid Saleem Salman Sameer
            Sarfaraz Shabbir Shadab Shahid Shahnawaz Shakeel Shakir Shamim Sharif Shoaib Sikandar
            Sohail Sultan Tabrez Tahir Talib Tanveer Tariq Tauseef Umar Usman Wahid Waseem Yakub
            Yasin Yusuf Zafar Zahid Zakir Zeeshan Zubair
            """,
        women: """
            Aafreen Aasma Afroz Afsana Aisha Alfiya Alia Almas Ameena Amina Anisa Anjum Anwari
            Arifa Arshi Asma Atiya Ayesha Azra Bano Bilkis Bushra Chand Dilshad Fahmida Farah
            Farhana Farida Farzana Fatima Fauzia Firdous Gulnaz Gulshan Habiba Hafsa Hajra Haleema
            Hamida Hasina Heena Humaira Huma Husna Iqra Ishrat Ismat Jamila Jannat Kahkashan
            Kaneez Kausar Khadija Khalida Khatija Khursheed Kulsum Laila Lubna Mahjabeen Malika
            Mariyam Masuma Mehnaz Mehrunnisa Mehwish Mumtaz Munira Munni Mushtari Nadira Nafisa
            Naghma Nahid Najma Nargis Naseem Nasreen Naushaba Nazia Nazma Nazneen Nigar Nikhat
            Nilofar Noorjahan Nusrat Parveen Qamar Quresha Rabia Raheela Rahima Raisa Rashida
            Raziya Rehana Reshma Roshan Rubina Rukhsana Rukhsar Sabiha Sabina Sabra Saeeda Safia
            Saima Sajida Sakina Saleha Salma Samina Sana Sanjida Sara Sayeeda Shabana Shabnam
            Shagufta Shaheen Shahida Shahnaz Shaista Shakila Shama Shamim Sharifa Shazia Shehnaz
            Sitara Sofia Sultana Tabassum Tahira Tanzeela Tarannum Tasleem Tehseen Uzma Wahida
            Waheeda Yasmeen Zahida Zainab Zakia Zareena Zeba Zeenat Zohra Zubeda Zulekha
            """,
        families: """
            Abbasi Ahmad Ahmed Akhtar Alam Alavi Ali Alvi Ansari Anwar Ashraf Azam Azmi Baig Baksh
            Barkati Bari Barlas Beg Bhat Bukhari Chishti Chowdhury Dar Darzi Farooqui Faridi Fakir
            Faruqi Gaddi Ghazi Ghori Gilani Haider Hakim Haque Hasan Hashmi Hussain Idrisi Imam
            Iqbal Islam Jafri Jamadar Kadri Kazmi Khan Khatri Khokhar Kidwai Kureshi Lone Lohar
            Mahmood Makrani Malik Mallick Mansoori Mansuri Mapila Mazumdar Meer Memon Miah Mir
            Mirza Momin Mondal Mulla Mughal Multani Naqvi Nadaf Nizami Nomani Pasha Pathan Patel
            Pinjari Qadri Qasmi Qazi Qureshi Rahman Rain Rana Rangrez Raza Razvi Rehman Rizvi
            Sabri Salmani Saiyed Saifi Sardar Sarkar Sayyed Shah Shaikh Shamsi Sheikh Sherwani
            Siddiqui Sultan Sulaimani Syed Tamboli Teli Tyagi Usmani Wani Warsi Zaidi Zaman
            """)
}
