/// Common given names: one space between two names, a slash between two spellings of one name.
///
/// Spellings that differ only by what `TokenSkeleton` folds (aa/a, sh/s, w/v, ...) are left out.
extension NameLists {
    /// Names of men.
    static let male: StaticString = """
        aadesh aakash/akash aalok/alok aamir/amir aaryan/aryan abhay/abhai abhijit/abhijeet
        abhimanyu abhinav abhishek/avishek adarsh aditya adil afzal
        ahmed/ahmad/ahamad/ahemad/ahamed ajay/ajoy ajit/ajeet ajmal akbar akhil akhilesh akram
        akshay/akshai alam ali altaf amal aman amar amarjit/amarjeet amarnath ambika amit/ameet
        amitabh amol amrit amritpal anand/ananda ananth/anant/anantha anas aniket/aniketh anil
        anirban aniruddh ankit ankur ankush anmol anoop/anup anshul anshuman anthony/antony/antoni
        anuj anurag anwar arbaaz arif arindam arjun arnab aravind/arvind/arabinda arshad
        arun/aroon asgar asif/aasif ashfaq ashish/ashis/asish ashok/asoke/ashoke ashutosh
        ashwin/ashvin ashwani/ashwini aslam atul avinash/abinash ayaan ayush ayushman azhar aziz
        babu babulal badal badri balaji balbir balakrishna balram/balaram baldev baljit/baljeet
        balwant banwari basant/vasant basavaraj basudev/vasudev bhagat bhagwan bhanu
        bharat/bharath bhaskar bhim/bheem bhola bhupendra/bhupinder bhupesh bhushan bijay/bijoy
        bikram/vikram binod/vinod bipin/vipin birbal biren/viren
        birendra/virendra/virender/birender biswajit/vishwajit bishnu/vishnu brajesh/brijesh brij
        chandan chandra/chandar/chander chandrakant/chandrakanth
        chandrashekhar/chandrasekhar/chandrasekar/chandrashekar charan chetan/chethan chinmay
        chirag chiranjeevi damodar danish darshan daulat dayanand dayaram debasish/debashis
        debabrata deepak/dipak deepankar/dipankar dev devendra/devender/debendra/dewendra
        devraj/devaraj dhananjay/dhananjoy dhanraj/dhanaraj dharam dharmendra/dharmender dharmesh
        dhiraj dhirendra dhruv/dhruba dilip/deelip dinesh/dinesha dipu divakar/diwakar durgesh
        dwarka eknath elango faisal faizan farhan faruk/farooq firoz/feroz/firoj gagan gajanan
        gajendra/gajender ganesh/ganesha gangadhar gaurav/gourab gautam/gowtham/goutam/gotam
        ghanshyam/ghanashyam girdhari girish/girisha gopal/gopala gopi gopinath govardhan
        govind/gobind/govinda gulab gulam/ghulam gurdeep gurmeet gurpreet gurucharan/gurcharan
        gurunath hamid hanuman hanumant/hanumanth hardeep hardik hari haridas hariharan harilal
        hariom harish/harisha harjit/harjeet harsh/harsha harshad harshit harun/haroon
        hasan/hassan hemant/hemanth hemraj hiralal himanshu hitesh/hithesh
        hussain/husain/hussein/hosain/hossain ibrahim idris iliyas/ilyas imam imran imtiyaz
        inder/indra/indar inderjit/indrajit/inderjeet/indrajeet iqbal irfan/irphan irshad
        ishaan/ishan ishwar/iswar/eshwar iswarlal ismail jagadish/jagdish/jagadeesh jagan
        jagannath/jagganath jagat jagdeep jagjit jagmohan jai/jay/joy jaidev/joydeb
        jaideep/joydeep jalaluddin jamal jamil janardan/janardhan jaspal jaswant jatin jawahar
        jayant/jayanta/jayanth jayaram jayesh jeet/jit jeetendra/jitendra/jitender/jithendra
        javed/jawed/javid jignesh jitesh jogendra/yogendra/yogender jogesh/yogesh joseph john/jon
        jose jugal junaid kailash/kailas/kailasha kalicharan kalidas kalyan/kalyana kamal/kamala
        kamalesh/kamlesh kanhaiya kanti kapil karan karim kartik/karthik/kartick/karthick
        kashinath kaushal/koushal kaushik/koushik kedar keshav/keshava/kesava ketan kewal khalid
        khushal kiran kirti kishan/kisan kishor/kishore krishna/krushna/krisna
        krishnakant/krishnakanth krunal/kunal kuldeep kuldip kulwant lalit lalu lokesh/lokesha
        lakhan lakshman/laxman/lakshmanan/lachman lakshmikant/laxmikant/lakshmikanth lalchand
        liyaqat madan madhav/madhava madhu madhukar madhusudan/madhusudhan mahadev
        mahavir/mahaveer mahendra/mahender/mohinder/mahinder mahesh/mahesha/maheswar
        mahmud/mehmood/mahmood/mehmud mainak majid makhan mallikarjun/mallikarjuna manas manav
        mangal mangesh mani manik/manick manikandan/manikanda manindra/maninder manish
        manjit/manjeet manjunath/manjunatha manmohan manohar manoj/manoja mansoor/mansur
        mathew/matthew maruti/maruthi mayank mayur mehul michael milan milind mithilesh mithun
        mohan/mohana mohandas mohanlal mohit/mohith mohsin moin motilal mridul mubarak/mobarak
        mukesh/mukesha mukul mukund/mukunda muneer/munir munna murali/murli muralidhar/murlidhar
        murugan/murugesan/murugesh mustafa/mustapha muthu nabi nadeem/nadim
        nagaraj/nagraj/nagaraju nagendra nagesh/nageswara/nageshwar nakul nanak nand/nanda
        nandkishor/nandkishore nandan nandu narayan/narayana/narain/narayanan naresh/naresha
        narendra/narender/narinder narottam narsingh/narasimha/narsimha nasir/naseer nasim/naseem
        naveen/navin/nabin/naween navneet nawab nazir/nazeer neel neeraj/niraj/neerja nikhil
        nilesh/nileshwar nimesh niranjan nirmal nishant/nishanth nitesh/nithesh nitin/nithin
        nityanand noor/nur ojas om omkar/onkar omprakash osman/usman/othman padam pankaj/pankaja
        pannalal parag paramjit/paramjeet paras parashuram/parshuram parimal parmanand
        parmeshwar/parameshwar partap/pratap/prathap partha parthiban parvez/parwez/pervez
        pavan/pawan/pavana phool/phul piyush prabhakar/prabhakara/prabhakaran
        prabhat/prabhath/provat prabhu pradeep/pradip/pradeepa pradyumna prafulla/praful
        prahlad/prahalad prakash/prakasha/prokash pramod/pramodh/promod pran pranab/pranav pranay
        prasanna prasanth/prashant/prashanth/prasant prasenjit/prosenjit prasun
        prateek/pratik/prathik praveen/pravin/prabin/prawin prem premchand premnath
        prithvi/prithviraj/prudhvi priyanshu pritam/preetam puneet/punit/puneeth
        purushottam/purushotham puran/pooran rabindra/ravindra/ravinder/rabindranath
        radhakrishna/radhakrishnan radheshyam/radhesyam rafi rafiq raghav/raghava
        raghavendra/raghvendra raghu raghunath/raghunatha rahim/raheem
        rahman/rehman/rehaman/rahaman rahul rais/raees raj raja rajan rajat/rajath rajdeep
        rajeev/rajiv/rajib rajendra/rajender/rajinder rajesh/rajesha rajkumar raju rakesh/rakesha
        rama/ram ramakant/ramakanth ramakrishna/ramkrishna/ramakrishnan raman/ramana/ramanan
        ramchandra/ramachandra/ramchander/ramachandran ramdas/ramadas ramesh/ramesha ramjan ramlal
        ramnath/ramanath rameshwar/rameswar/ramesvar rampal rana ranbir/ranvir randhir
        rangaswamy/rangasamy ranganath/ranganathan ranjan ranjit/ranjeet/ranjith rashid/rasheed
        ratan/rathan/ratna/rattan rathindra ravi/rabi ravikumar ravishankar raunak razak/razzak
        rehan ritesh/rithesh ritik/hrithik rishabh/rishab rishi rizwan robin rohan
        rohit/rohith/rohitha ronak roshan/rosan rudra rupesh sabir sachin/sacheen sadashiv saddam
        sadiq sagar sahil/saahil sai saif sajid/saajid sajjan salim/saleem salman
        sameer/samir/sameera sampath/sampat samsul sanat sandeep/sandip/sandeepa sandesh
        sanjay/sanjai/sanjoy sanjeev/sanjiv/sanjib/sanjeeva sanjit/sanjeet sankar/shankar/shankara
        sanket santosh/santhosh/santosha santu saravan/sravan/shravan/saravanan sarfaraz sartaj
        sarvesh sarwar/sarvar sathish/satish/sateesh/satheesh/sathisha satpal satya/sathya
        satyajit satyam satyanarayan/satyanarayana/sathyanarayana satyendra/satender/satyender
        satinder/satindra saurabh/sourabh/saurav/sourav/sorabh selvam/selvaraj senthil seshagiri
        shabbir shafi shahid shahnawaz/shanawaz shahrukh shakeel/shakil shamim/shameem
        shambhu/shambu/sambhu shamsher shantanu/santanu sharad/sarat/sharath sharif/shareef
        shashi/sasi shashikant/shashikanth/sashikant shekhar/sekhar/shekar/sekar shivaji/sivaji
        shiv/shiva/siva shivam shivkumar/shivakumar/sivakumar shivraj/shivaraj
        shivshankar/sivasankar shoaib/shoeb shridhar/sridhar/shreedhar
        shrikant/srikant/srikanth/shrikanth shrinivas/srinivas/srinivasa/srinivasan/sreenivas
        shriram/sriram/sreeram shubham subham shyam/shyama/sham/syam shyamal
        siddharth/siddhartha/sidharth sikandar/sikander siraj sita/sitaram/seetharam soham
        sohail/suhail sohan som somnath/somanath soumen soumya/sowmya sonu srijan
        subash/subhash/subhas/subhasha subhankar subhendu/suvendu
        subrahmanyam/subramaniam/subramanian/subramanya/subramani/subramanyam subrata/subroto
        sudarshan/sudarsan sudesh sudhakar/sudhakara sudhanshu/sudhansu sudheer/sudhir/sudhira
        sudip/sudeep suhas sujay sujit/sujeet/sujith sukanta sukhdev sukhwinder sukumar/sukumaran
        suleman/sulaiman/suleiman sultan suman sumant/sumanth sumit/sumeet/sumith
        sundar/sunder/sundaram/sundara sunil/suneel suraj/sooraj surendra/surender/surinder
        suresh/suresha surjit/surjeet surya sushant/susanta/sushanth sushil/susheel swapan
        swapnil/swapneel syamal tahir/taher tanmay tanveer/tanvir/tanbir tapan tapas tarak
        tariq/tarique tarun/taroon taslim tejas thangaraj thomas tilak tirupati/tirupathi trilok
        tukaram tulsi/tulasi tushar/tusar uday/udai/udaya ujjwal/ujjal umar/omar umesh/umesha
        upendra/upender/upinder uttam vaibhav/baibhav varun/barun/varoon vasanth/vasantha
        vasim/wasim/waseem vedprakash
        venkatesh/venkatesha/venkateswara/venkateshwar/venkateswarlu/venkatesan venkat/venkata
        venkatraman/venkataraman venugopal/venugopala vicky/vikki vidyadhar vidyasagar
        vijay/vijaya vijayakumar/vijaykumar vijendra/vijender vikas/bikash/vikash vimal/bimal
        vinay/binay/binoy/vinoy/vinaya vincent vineet/vinit/vineeth vipul viraj virat
        vishal/bishal vishnu/vishnuvardhan vishwanath/biswanath/viswanath/vishwanatha/viswanathan
        vitthal/vittal vivek/bibek/bivek/vivekanand waris wahid/waheed yakub/yaqub/yakoob yash
        yashpal/yaspal yashwant/yashvant/yashwanth/yeshwant yasin/yaseen yuvraj/yuvaraj
        yusuf/yousuf/yousaf/yusouf/eusuf zahid zaheer/zahir zakir/jakir zubair/jubair ziaul
        zeeshan/jishan harinder harvinder/harwinder lakhwinder balvinder/balwinder
        parminder/parvinder jaswinder davinder/devinder tejinder/tejindra rupinder/rupender
        hemendra dharmveer/dharmvir jagbir satbir/satvir ranveer udayan kalim/kaleem
        basir/basheer/bashir atif/aatif haseem/hashim kannan selvan subba subbu raghuveer/raghuvir
        kanhaiyalal chandrabhan chandrapal nanhe chhotu chhotelal ramnarayan ramprasad
        ramavtar/ramawatar ramsingh shivcharan shivnarayan shyamlal sunderlal jagdamba mewalal
        munshi parsuram rajaram rajnath rambabu
        """

    /// Names of women.
    static let female: StaticString = """
        aarti/arti/arati aarushi abha aditi afreen/aafrin afsana afroz aishwarya akanksha/akansha
        akhila akshata/akshatha alka alpana alia/aliya amala amba ambika amina/ameena
        amita/ameeta/amitha amrita/amritha amruta/amrutha anagha anamika ananya anandi angoori
        anita/anitha/aneeta anjali/anjaly/anjalee anjana/anjna anju anjum ankita/ankitha
        annapurna/annapoorna ansuya/anasuya/anusuya anshu antima anu anuja anupama anuradha anusha
        anushka/anuska aparna aparajita archana/archna/arachana arpita/arpitha aruna/arunaa
        arundhati asha/aasha asma/aasma asmita ashwini/aswini/ashvini atiya avantika
        ayesha/aisha/aysha/ayisha azra babita/babitha babli baby bala banu
        basanti/vasanti/basanthi/vasanthi bebi bela bhagyashree/bhagyasri bhagya bhagyalakshmi
        bhanumati/bhanumathi bharati/bharathi/bharti bhavana/bhavna/bhawana/bhabna bhavani/bhawani
        bhavya bhumika bimla/vimla/vimala/bimala bina/veena/vina/beena bindu
        binita/vinita/vineeta/vinitha bushra champa chanchal chanda chandana chandani/chandni
        chandrakala chandrika chandravati/chandrawati chaitra chaya/chhaya chhavi chhoti
        chitra/chithra damini damayanti darshana daya deepa/dipa deepali/dipali deepika/dipika
        deepti/dipti/deepthi devaki/devki devika devyani/debjani dhanalakshmi/dhanlaxmi dhanvanti
        dimple diksha/deeksha disha nisha hari dilshad divya/dibya/diviya draupadi/dropadi dolly
        durga ekta elizabeth esha fareeda/farida farah/farha farhana farheen/farhin
        farzana/pharjana fatima/fathima/phatima firdaus firoza/feroza gayatri/gayathri
        gauri/gouri/gowri gargi garima geeta/gita/geetha/githa geetanjali/gitanjali/geethanjali
        geetika ganga gangabai gulab gulnaz gulshan guddi gudiya/guriya gunjan hamida hansa harini
        harsha harshita/harshitha haseena/hasina heena/hina hema/hemaa hemalata/hemlata/hemalatha
        himani hira indira indrani indu ishita ishwari/eswari/iswari/eshwari isha jagruti jahanara
        jamila/jameela jamuna/yamuna janaki/janki jasmin/yasmin/jasmeen/yasmeen/yasmine jaspreet
        jaya jayashree/jayshree/jayasri/jayashri jayanti/jayanthi jayalakshmi/jayalaxmi/jaylaxmi
        jayanthi jaswinder jayaprada juhi julie jyoti/jyothi/joti/jyothy jyotsna/jyotsana jyotika
        kajal kalavati/kalawati/kalavathi kalpana/kalpna kalyani/kallyani kamala/kamla/kamalaa
        kamini kanchan/kanchana kanika kanta kanti karishma karuna kashish
        kausalya/kaushalya/koushalya/kousalya kavita/kabita/kavitha/kabitha kaveri/cauvery kaniz
        kavya ketaki khushboo/khusbu/khushbu khushi kiran kiranbala kirti/keerthi/kirthi
        keerthana/kirtana komal komala kranti kritika/kruthika krupa/kripa kumkum kunti
        kusum/kusuma laila lajwanti/lajvanti lakshmi/laxmi/lakshmy/laxmy/luxmi/lachmi/lakhmi
        lalita/lalitha/laleetha lata/latha lavanya lavina leela/lila leelavati/leelavathi/lilavati
        leena/lina lipika lubna lovely madhavi/madhabi/madhavee madhu madhubala madhuri/madhoori
        madhumita/madhumitha mahima maheshwari/maheswari malathi/malati/malathy malini/malani
        malar mallika mamata/mamta/mamatha mamoni manasi/manashi manda mandakini mangala/mangla
        manisha/maneesha manju/manjoo manjula/manjulaa manjulata manjusha/manjushree manorama
        manpreet margaret maria/mariya mariamma/mariyamma mary/meri maya/maaya mayuri medha
        meena/mina/meenaa meenakshi/minakshi/meenaxi meera/mira/meeraa meghna/meghana
        mehrunnisa/meharunnisa mini mitali/mithali mohini monalisa monika/monica moni mona
        mousumi/moushumi/mausami/mausumi mridula mumtaj/mumtaz mukta munni
        murugeshwari/murugeswari/murugesvari nafisa/nafeesa nagamma nagina nagma/naghma naina
        najma/nazma nalini namita/namitha namrata/namratha nanda nandini/nandani nandita/nanditha
        nargis narmada nasima/naseema nasreen/nasrin nazia/najia/naziya neelam/nilam
        neelima/nilima neelu neeru neeta/nita/neetha neetu/nitu neha/nehaa nidhi/nidhee niharika
        nikita/nikhita/nikitha nirmala/nirmla nirupama nisha/nishaa nishi nivedita/niveditha
        niyati noorjahan/nurjahan/nurjaha nusrat nutan nutan padma/padmaa
        padmavati/padmavathi/padmawati padmini pallavi/pallabi/pallvi panchali
        parbati/parvati/parvathi/parwati/parbathi parimala parul/paroul parveen/parvin/parween
        payal/paayal phoolmati/phulmati phool/phul pinki/pinky pooja/puja/puujaa poonam/punam
        pornima/purnima/poornima/purnema prabha prabhavati/prabhavathi/prabhawati prachi prajakta
        pramila/prameela/promila pratibha/prathibha/protiva pratima/prathima/protima
        pratiksha/prateeksha praveena/pravina preeti/priti/preethi/preety/prithi prem prema
        premlata/premalatha prerna/prerana priya/priyaa priyanka/priyankaa
        puspa/pushpa/pushpaa/puspha pushpalata/pushpalatha rabia/rabiya rachna/rachana/rachanaa
        radha/raadha radhika/raadhika ragini rajani/rajni/rajanee rajeshwari/rajeswari/rajesvari
        rajkumari/rajakumari rajshree/rajashree/rajasri rajrani rakhi ramadevi rama ramavati
        rambha ramya ranjana/ranjna ranjani/ranjni ranjita/ranjitha rani/raani rashmi/rasmi
        ratna/ratnaa ratnamala raveena/ravina razia/rajiya reena/rina/reenaa
        reeta/rita/reetha/ritha rehana/rihana rekha/rekhaa renu renuka reshma/resma reva
        rima/reema rimjhim ritika/rithika ritu/reetu riya/ria riddhi roja rohini roopa/rupa
        roopali/rupali rosy roshni/roshani rubina/rubeena ruchi ruchika rukhsana/ruksana/rukhsaana
        rukhsar rukmani/rukmini/rukamani runa rupinder ruby/rubi rutuja sabana/shabana
        sabina/sabeena sabita/savita/sabitha/savitha sabitri/savitri/savithri/sabithri
        sadhana/sadhna sagarika saida sairabanu saira/sayra sakina/sakeena sakshi/saakshi
        salma/salmaa saloni samina/shamina/samreen samita samiksha sandhya/sandya/sandhiya
        sangeeta/sangita/sangeetha/sangitha sanjana/sanjna sanju sanjukta/sanyukta santosh
        santoshi santra/santara santi/shanti/shanthi/santhi sapna/swapna/sapana/swapnaa
        sarada/sharda/sharada/saroda sarala/sarla/sarlaa saranya/sharanya
        saraswati/saraswathi/saraswati/sarasvati/sarasvathi sarita/saritha/sareeta saroj/saroja
        sarojini/sarojani sathya/satya satyavati/satyawati/sathyavathi saumya/soumya/sowmya
        savitri seema/sima/seemaa seeta/sita/seetha/sitha/seetaa selvi shabnam/sabnam shagufta
        shahana shahida shahin/shaheen/saheen shaila shailaja/sailaja shakila/shakeela
        shakuntala/sakuntala/shakunthala/sakunthala shalini/salini/shaalini shalu
        shama/syama/shyama shamim/shameem shamima/shameema shanno shanta/shantha/santha/santa
        shantabai sharmila/sarmila/sharmeela sharmistha/sarmistha shashi/sashi
        shashikala/sasikala/shashikalaa shashiprabha sheela/shila/sheelaa sheetal/shital/sital
        sheeba shefali/sephali shikha/sikha shilpa/silpa/shilpaa shipra
        shivani/sibani/shibani/sivani shobha/sobha/shoba/sova shobhana/sobhana shraddha/sraddha
        shreya/sreya/shriya shruti/sruti/shruthi/sruthi shubha/subha/shubhaa shubhangi/subhangi
        shweta/sweta/shwetha/swetha/swetaa shyamala/syamala/shyamla siddhi simran simranjit sindhu
        smita/smitha smriti/smruti smruthi sneha/snehaa snehal snehlata/snehalata/snehalatha
        sobita sohini sona sonal sonali/sonalee sonam sonia/soniya sonu sreeja/sreeja
        sridevi/shridevi/sreedevi srividya subbulakshmi/subbalakshmi subhadra subhashini/subhasini
        suchitra/suchithra suchismita suchita/suchitha sudha/sudhaa sudhamani sugandha
        sugandhi/suganthi suhana suhani suhasini sujata/sujatha/sujaata sukanya/sukanyaa
        sukhwinder sulekha sulochana sultana/sulthana suman/sumana sumangala sumati/sumathi
        sumitra/sumithra/sumitraa sunaina sunanda/sunandaa sunaina sundari/sundri
        sunita/sunitha/suneeta/suneetha supriya/supriyaa supriti surabhi/surbhi surekha/surekhaa
        suryakala sushila/susheela/susila/sushilaa sushma/susma/sushama/sushmaa
        sushmita/susmita/sushmitha susan/sussan sunny swarna/swarnalata/swarnalatha
        swati/swathi/swaati tabassum tahira tamanna tanu tanuja tanushree/tanusree tanvi
        tanya/taniya tara/taraa tarannum tarulata tasleem/taslima teja tejaswini trupti/tripti
        tulasi/tulsi uma/umaa umarani upasana urmila/urmilaa/urmilla urvashi/urbashi
        usha/ushaa/oosha ushadevi ushakiran uttara uzma vaishali/baishali/vaishaali
        vaishnavi/baishnabi vaidehi/baidehi vandana/bandana/vandna/vandanaa vani
        varsha/barsha/versha varalakshmi/varalaxmi vasudha vasundhara vatsala vedika veerni
        vennela vibha vidya/bidya vidyavati/vidyawati/vidhyavathi
        vijayalakshmi/vijaylaxmi/vijayalaxmi/vijaylakshmi vijaya/bijaya vimlesh vinodini vishakha
        vrinda/brinda/vrunda yashoda/jasoda/jashoda/yasoda yashika yogita/yogitha yogini zahida
        zaheda zaibun zareena/zarina zeenat/jinat zebunnisa zohra/johra zubeda/jubeda/zubaida
        zulekha/julekha jhanvi/janvi/janhavi sarika sadia/sadiya sreya kalika tanisha manya navya
        kavya gulista aasiya asiya rashida raisa naima/nayema mehnaz mahjabeen/mehjabin
        hajra/hajira jannat ruhi ruksar sahana/shahna tarabai sushmabai kalabai lilabai parvatibai
        sakhubai jijabai ahilya draupadibai
        """
}
