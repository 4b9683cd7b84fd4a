/// Pairs of names that a person judged: one person, or two, on one mobile with one gender and age.
enum NamePairs {
    /// One line a pair, a bar between the two names.
    static let same = """
        Lakshmi Devi|Smt. Laxmi Devi
        LAKSHMIDEVI W/O Ravi|Lakshmi Devi
        Lakshmi Devi|लक्ष्मी देवी
        Sunita Sharma|SUNEETA SHARMA
        Sunita Sharma|Sharma Sunita
        Suresh Kumar|Suresh Kr.
        Suresh Kumar Yadav|Suresh Yadav
        Mohammed Salim|Md. Saleem
        Mohd Irfan Ansari|Mohammad Irfan Ansari
        Muhammed Faisal|Faisal
        R. Venkatesh|Ramaswamy Venkatesh
        Venkatesh R|Venkatesh Ramaswamy
        Krishna Rao|Krushna Row
        Sourav Ghosh|Saurabh Ghosh
        Bikash Dutta|Vikas Datta
        Binod Yadav|Vinod Jadav
        Ramlal Gupta|Ram Lal Gupta
        Ram Lal|Ramlal
        Anamika Kumari|ANAMIKAKUMARI
        Chaudhary Mahipal|Mahipal Chowdhury
        Pooja|Pooja Mehta
        Pooja Mehta|Pooja Verma
        Kavitha Nair|Kavita Nair
        Gowri Shankar|Gauri Sankar
        Jyoti Bisht|Jyothi Bist
        Yashoda Bai|Jashoda Bai
        Dr. Arvind Joshi|ARAVIND JOSHI
        Shri Prakash Mishra|Prakash Misra
        Deepak Verma|Dipak Varma
        Zahida Khatoon|Jahida Khatun
        Phoolmati Devi|Fulmati Devi
        Meenakshi Iyer|Minaxi Iyer
        Aishwarya Pillai|Ayshwarya Pillai
        Gyanendra Tiwari|Gnanendra Tiwari
        Harpreet Kaur|Harprit Kaur
        Manjeet Singh|MANJIT SINGH S/O Balbir
        Rohini Patil|Rohnii Patil
        Devendra Patel|Devendta Patel
        Tejaswini More|Tejaswnii More
        Omkar Jadhav|Ornkar Jadhav
        Kamla Devi|Kamala Devi
        Vimla Negi|Vimala Negi
        Urmila Saha @ Mithu|Urmila Saha
        Subhash alias Pappu Chandra|Subhash
        রীনা দাস|Rina Das
        ਗੁਰਪ੍ਰੀਤ ਕੌਰ|Gurpreet Kaur
        રમેશ પટેલ|Ramesh Patel
        ସୁଜାତା ବେହେରା|Sujata Behera
        முருகன்|Murugan
        லட்சுமி|Latchumi
        వెంకటేష్ రావు|Venkatesh Rao
        ಸುರೇಶ ಗೌಡ|Suresha Gowda
        അനിൽ കുമാർ|Anil Kumar
        मोहम्मद आरिफ़|Mohammad Arif
        राजेश खन्ना|Rajesh Khanna
        Tmt Selvi Kumaran|Selvi Kumaran
        N. Sharma|Nitin Sharma
        Rajkumari Bhattacharjee|RAJKUMARIBHATT ACHARJEE
        Shaik Abdul Rahim|Abdul Raheem Sheikh
        Ganesh Prasad Upadhyay|Ganesh Upadhyaya
        Priyanka D'Souza|Priyanka Dsouza
        Baby of Sunita|B/O Suneeta
        Jagannath Sahoo|Jagannath Sahu
        Debasish Mohanty|Debashis Mahanty
        Nirmala W/O Karan|Nirmla
        Ahmad Raza|Ahmed Raza
        Sheela Kumari|Shila Devi
        """

    /// Other persons: siblings, twins, strangers on a recycled number.
    static let different = """
        Sunita Sharma|Anita Sharma
        Suresh Kumar|Ramesh Kumar
        Sita Devi|Gita Devi
        Sita|Gita
        Suresh|Mukesh
        Rani Das|Rajani Das
        Anil Kumar|Sunil Kumar
        Kavita Devi|Savita Devi
        Vinita Rawat|Anita Rawat
        Neha Gadgil|Sneha Gadgil
        Ranjeet Kashyap|Baljeet Kashyap
        Harpreet Kaur|Gurpreet Kaur
        Asha Gupta|Usha Gupta
        Nisha Jain|Disha Jain
        Mohammed Salim|Mohammed Kalim
        Mohammed Asif|Mohammed Atif
        Md Sajid|Md Majid
        Mohd Nasir|Mohd Basir
        Rohit Rani|Ankit Rani
        Kumari Pooja|Kumari Jyoti
        Devi|Sunita Devi
        Kumar|Anil Kumar
        Sharma|Nitin Sharma
        Singh|Harinder Singh
        Amit Singh|Sumit Singh
        Ajay Singh|Vijay Singh
        Ajay Patel|Sanjay Patel
        Rina Das|Mina Das
        Reena Devi|Veena Devi
        Lata Sahu|Gita Sahu
        Rekha Yadav|Lekhraj Yadav
        Rahul Verma|Rohit Verma
        Deepa Nair|Deepti Rao
        Gadikota Vikas|Gadikota Lakshman
        Gadikota Vikas Kumar|Gadikota Lakshman
        Sushma Nandekar|Reshma Satender Nandekar
        Farhan Ali|Arman Ali
        Shabana Khatoon|Farzana Khatoon
        Nagma Bibi|Salma Bibi
        Salma Begum|Asma Begum
        Prakash Rao|Prashant Rao
        Karthik Reddy|Kiran Reddy
        Lakshmi Amma|Saraswathi Amma
        Baby of Sunita|Sunita
        Baby of Sunita|Baby of Rekha
        Durga Narayana|Latha Narayana
        Ram Munda|Vijender Munda
        Akash Yadav|Vikas Yadav
        Priya Menon|Supriya Menon
        Jaya Pillai|Vijaya Pillai
        Meera Joshi|Hira Joshi
        Kiran Bala|Suman Bala
        Manoj Tiwari|Saroj Tiwari
        Dinesh Patil|Ganesh Patil
        Mahesh Patil|Naresh Patil
        Rajesh Soni|Brijesh Soni
        Kamlesh Rathore|Nilesh Rathore
        Santosh Pawar|Ashutosh Pawar
        Seema Khan|Reshma Khan
        सुनीता देवी|अनीता देवी
        Sunita Devi|अनीता देवी
        रमेश कुमार|Suresh Kumar
        গীতা দাস|Mita Das
        Xavier Toppo|Francis Toppo
        K. Sharma|Nitin Sharma
        Anita S|Sunita S
        Savita K|Kavita K
        Pandharinath Ajay Jangid|Monu Ajay Jangid
        Sathish Murugan|Sathya Murugan
        """
}
