/// Surnames, and words that so many names carry that sharing them says next to nothing.
extension NameLists {
    /// Surnames, caste and house names.
    static let surnames: StaticString = """
        acharya/acharjee/acharyya adhikari/adhikary advani
        agarwal/agrawal/aggarwal/agarwala/agerwal agnihotri ahir ahire ahlawat ahuja alam alvi
        amin anand ansari/ansaari/ansary antony apte arora/aurora arya asthana atre attri
        awasthi/avasthi ayyar/iyer/aiyar azad babar bachchan badami baghel bagchi bahuguna
        baid/vaid/baidya/vaidya bairagi bairwa/berwa bajaj bajpai/vajpayee/bajpayee/vajpai
        bakshi/baksi/buksh balmiki/valmiki bansal bansod
        banerjee/banerji/bandyopadhyay/bandopadhyay/banarjee barad barik barla
        barman/burman/verman barot/barut baruah/barua/baruwa basak basu/bose basumatary bathla
        bawa bedi behera/behra bera bhadoria/bhadauria bhagat bhalerao bhalla bhandari
        bhardwaj/bharadwaj/bharadwaja bhargava/bhargav bhat/bhatt/bhatta/butt bhatia/bhatiya
        bhattacharya/bhattacharjee/bhattacharyya bhati/bhaati bhavsar bhosale/bhosle/bhonsle
        bhowmick/bhowmik/bhoumik/bhaumik bhoi bhuiyan/bhuyan/bhuiya bhushan bind birla bisht/bist
        biswal biswas/vishwas/viswas bohra/vohra/vora borah/bora borkar boro/bodo borse brahma
        buragohain chadha/chaddha chahal chakma
        chakraborty/chakravarty/chakravarthi/chakrabarti/chakravorty/chakraborti/chakrabarty
        chandel chandra chandrakar chandola chatterjee/chatterji/chattopadhyay/chaterjee
        chaturvedi chaubey/choubey/chaube/chobey
        chaudhary/chaudhari/choudhary/chowdhury/choudhury/chaudhuri/chowdhary/chaudhry/chowdary/choudhari/chaudhury
        chauhan/chouhan/chohan/chavan/chawan/chavhan chaurasia/chourasia/chaurasiya/chourasiya
        chavda/chawda chawla chettiar/chetty/chetti/setty/shetty chhabra chhetri/chetri/kshetri
        chitnis chopra/chopda chugh dagar dahiya dalal dalvi/dalwi damor das/dash/dass dasgupta
        datta/dutta/dutt/dutta dave/dawe dayal de/dey deb deka desai/dessai deshmukh
        deshpande/deshpandey devgan devrani/devarani dhaliwal dhar/dhara dharmadhikari
        dhawan/dhavan dhillon/dhillo dhingra dhobi dixit/dikshit/dikshith dogra dolai/dolui
        doshi/desi/joshi/josi dubey/dube/dwivedi/dvivedi/dwibedi dudi dugar dutt dwivedi
        fernandes/fernandez francis faruqui/farooqui/farooqi/faruqi/faruki gade gadkari
        gaikwad/gayakwad/gaekwad gandhi ganguly/ganguli/gangopadhyay/gangulee garg/gerg gautam
        gavit gawande/gavande gawli/gavali gehlot/gahlot/gehlaut george ghadge ghosh/ghose/gosh
        ghoshal gill/gil giri/giry girase gogoi goel/goyal/goel/goyel/gohel/gohil gokhale golani
        gond gope gour/gaur/gour goud/gowda/gouda/gauda gosain/gosai goswami/gosvami/gosswami
        gounder/gaunder govil grewal/garewal grover guha gulati gujar/gurjar/gujjar/goojar/gujjar
        gupta/gupte gurung halder/haldar hansda/hasda/hansdah haque/haq/hak/hoque hashmi/hasmi
        hazarika hazra hegde/hegade hembram/hembrom hiremath hooda hora ingle ikbal iyengar jadeja
        jadhav/jadav/yadav/yadava/jadhao jadon/jadaun jagtap jain/jaini jaiswal/jaswal/jaisawal
        jaiswar jakhar jamatia jangid/jangir jangra jani jariwala jat jatav/jatab/jatava jayaswal
        jena jha/jah jhala jindal johar jogi/yogi jolly joseph juneja kachhap kadam kadian kakkar
        kale kalita kalra kamat/kamath kamble/kambale kanojia/kannaujiya/kanaujia/kanojiya kansal
        kapadia/kapadiya kapoor/kapur/kapoor/kapour kapse karmakar/karmokar karnik
        kashyap/kasyap/kashap kataria/katariya katoch/katauch kaushik/koushik/kaushal kelkar
        kesharwani/kesarwani keshri/kesari khade khandelwal khanna khanduri khare khatik
        khatri/khattri kharat kharb khosla khurana khuntia kirar kochhar/kochar kohli/koli/kolhi
        kokate kori/koeri kothari/kothary koul/kaul kulkarni/kulkerni kumawat/kumavat
        kumbhar/kumhar kundu kushwaha/kushvaha/kuswaha/kushawaha lad lahiri lakhani lakra lal
        lalwani lama lamba lamani lanjewar lodha lodhi/lodi lohar/luhar lokhande lone londhe
        luthra madan madavi mahadik mahajan mahale
        mahanta/mahanti/mohanty/mohanta/mahato/mahto/mahata/mehto maheshwari/maheswari
        mahapatra/mohapatra/mahopatra mahar maity/maiti majhi/manjhi
        majumdar/mazumdar/mozumder/majumder/mazumder/mojumdar makwana/makvana malakar
        malhotra/mehrotra malik/mallik/mallick/mullick malviya/malaviya/malvia
        mandal/mondal/mandol/mondol manik mane mangal manjrekar mann mannan manna marandi marathe
        marwah/marwaha masih massey mate/mathe mathur/mathura matta maurya/mourya/maury/morya
        mehra/mahra mehta/meheta meher meena/mina meghwal/meghval/meghwaal menon mhatre mirdha
        mirza mishra/misra/mishr/misro mistry/mistri mitra/mittra mittal/mital modak modi/mody
        mohite mokashi more/moray morya mudaliar/mudliar muduli
        mukherjee/mukherji/mukhopadhyay/mukharjee/mookherjee/mukerji munda mundhra murmu/murmoo
        murthy/murti/moorthy/moorti/murthi muthuswamy/muthusamy nadar/nader nag nagar nagpal nahar
        naidu/nayudu/nayadu naik/nayak/nayek/naek nair/nayar/nayyar/naiyar nambiar
        namboodiri/namboothiri namdeo/namdev nanda narang narwal naskar nath negi nehra nigam
        nikam nimbalkar nishad/nisad oberoi/oberai ojha/ozha/ojah oraon/uraon/oram paik
        pal/paul/pall palit panchal/panchaal panda/pande/pandey/pandya/pandeya/pandit
        pandian/pandiyan pandita panigrahi/panigrahy panicker/panikkar panja pant/panth parab
        parekh/parikh/pareek/parik parida parihar/parhar parmar/parmer/paramar/parmaar
        paswan/pasvan/pasawan paswan patel/pattel/patil/patail/pateel pathak/patak/pathaak
        pathan/patan/pathaan patidar/patidaar patnaik/pattnaik/pattanayak/patnayak patra/patro
        patwardhan pathania patwal pawar/pavar/powar/panwar/pawaar/puar pereira phadke phadnis
        phukan pillai/pillay/pillae poddar/podder/poddaar potdar prabhu pradhan/prodhan/pradhaan
        prajapati/prajapathi/prajapat/parjapati puri/poori/purie purohit/purohith purkayastha
        pushkar qureshi/kureshi/quraishi/quresi/qureshy/kuraishi qadri raghav
        raghuvanshi/raghuwanshi/raghubanshi rahangdale rai/ray/roy/rae/rao/row/rau raina raikwar
        rajak/rajek rajbhar/rajbar rajbongshi/rajbanshi rajguru rajput/rajpoot/rajputh rajpurohit
        ram/ramm ramteke ranade randhawa rane ranga rangari/rangare
        raut/rout/routh/rawat/rawath/ravat/rawoot rathi
        rathod/rathore/rathor/rathaur/rathour/ratho raval/rawal raval rawani rebello
        reddy/reddi/redy/reddiar rizvi/rijvi routray/rautray rustagi/rastogi/rustogi/rastogy
        sabharwal sabnis sachan sachdeva/sachdev saha/shah/sah/saw/shaw/shaha
        sahani/sahni/sawhney/sawhany/sahany sahay sahoo/sahu/sahoo/sao/sau/shahu saikia/saikiya
        saini/shaini salunkhe/solanki/salunke/solunke samad samal
        samant/samanta/sawant/savant/samantha sanap sandhu/sandhoo
        sanghvi/singhvi/sanghavi/singhwi sangma sankhla sanyal/sanyal/sannyal sarin
        sarkar/sircar/sirkar/sorkar sarma/sharma/sarmah/serma/sharmaa
        sastri/shastri/sastry/shastry satpathy/satapathy/satpathi satpute saxena/saksena/saxsena
        sehgal/sahgal/segal sen/sain/sein sengar sengupta seth/sheth seshadri sethi sethia/sethiya
        sethuraman shahare shaikh/sheikh/sekh/shekh/seikh/shaik/shek/sk/shak shakya/sakya/shakaya
        shakyawar sharan/saran shinde/sinde shirke shiromani shirsat/shirsath
        shrivastava/srivastava/shrivastav/srivastav/sribastav/shrivastawa/srivastawa/shriwastav
        shroff shukla/sukla/shukl/shuklaa siddiqui/siddique/siddiqi/sidiqui/siddeeqi/siddhiqui
        sikarwar sikdar/sikder/shikdar singhal/singal/singla/singhla sinha/sinhaa/singha
        sisodia/sisodiya/shishodia sodhi som soman sonar/sunar soni/sony sonkar sonowal sood/sud
        soren/saren soreng srinivasan subramaniam/subramanian suman sutar/suthar/sutradhar/sutaar
        swain/swaini syal sylvester talukdar/talukder talwar tambe tandel tandon/tondon tanti
        tanwar/tomar/tanwer/tanvar tarafdar tawde/tavde taneja/tanija telang teli tete
        thakkar/thaker/thakker/thacker thakre/thakare/thackeray
        thakur/thakoor/thakor/tagore/thakore/thakkur thapa thakral thomas tigga
        tirkey/tirki/tirkee tiwari/tewari/tiwary/tiwarri/tewary/tivari tomar topno toppo
        tripathi/tripathy/tripathee/tirpathi trivedi/tribedi/trivedy tudu tyagi/tiagi
        upadhyay/upadhyaya/upadhaya/upadhyai/upadhay uikey uppal usmani vaishnav/baishnab/vaisnav
        vaghela/waghela/baghela vaghmare/waghmare/wagmare vaishya/baishya
        varghese/verghese/varghis varma/verma/barma/vermaa vasava
        vashisht/vashishth/vasisht/vashistha vats veer venkataraman vernekar vijayvargiya
        vishwakarma/biswakarma/viswakarma/vishvakarma/vishwkarma vyas/byas/viyas wagh
        wadhwa/vadhwa wadekar walia/waliya/ahluwalia wankhede/wankhade warrier wasnik/vasnik yeole
        zaidi/jaidi zala zaveri/jhaveri zende d'souza dsouza/desouza/disouza dcosta/dacosta pinto
        rodrigues/rodrigus lobo mascarenhas noronha bhil dhakar dhangar gaur ganjoo garasia gouli
        kathiria kewat/kevat kol kolte lodhwal malla mallah mali meghani mewada momin mulla/molla
        mollah mughal/mogal/moghal naz pasi rabari/rebari rangrez sapera shekhawat/sekhawat
        shekhar tadvi tamang thokchom yumnam laishram ningthoujam lalhmingliani lepcha sherpa rai
        subba limbu gowala tanti chaliha kader/khader/kadir/qadir lateef/latif
        mansuri/mansoori/mansury memon/meman nizami hakim/hakeem idrisi/idrishi salmani saifi
        faridi baig/beg/baigh mirja lodhi warsi alvi hussaini nomani gadde kandula reddiar
        naicker/naiker/naickar konar servai thevar/devar/thever pandaram vellalar achari/asari
        moopanar poojary/poojari/pujari rai acharya bangera salian suvarna kotian shenoy/shenoi
        pai kini baliga nayak bhandary kamath
        """

    /// Words that follow or lead any name: sharing one says little, missing one says nothing.
    static let fillers: StaticString = """
        devi/debi/devee kumari/kumaree kumar/kr/kumer/kumara singh/sing/sinh/singhh bai/baai
        lal/laal ram chand/chandra/chander/chandar prasad/prashad/parsad/prosad/parshad/prasada
        nath/nadh bhai/bhay/bhaai ben/behn/behen begum/begam/begom/bigam
        khatoon/khatun/khatoon/khatton bano/banu/banoo bibi/beebi/beevi/bivi kaur/cour/kour/kor
        khan/khaan rani/raani das/dass/dasi
        mohammed/mohammad/muhammad/mohamed/mohamad/md/mohd/mohamud/muhammed/mohmad/mohammd/mo/mohmmad/mahammad/mahamad/mohamod/muhamed/mahammed/mehmed/mohammod
        sheikh/shaikh/shaik/sk/shek syed/sayed/sayyed/saiyed/sayyad/saiyad/said
        abdul/abdool/abd/abdur/abdus amma/ammal/ammaal/ama appa rao/row/rau/raw raj sahu
        kanwar/kunwar/kuwar/kunvar lata/latha bala chandra swami/swamy/samy/sami dass mal/mall pal
        dei bewa bee bi bux baksh nissa/unnisa/un nagar parveen/parvin/parween sultana/sultan
        akhtar/akhter/akter/aktar ara ahmed/ahmad/ahamed/ahamad/ahemad ali/aly alam
        hussain/husain/hossain/hussein/hosain husen haque/hak/haq uddin/uddeen ul ur
        rehman/rahman/rahaman/rehaman
        """
}
