"""Words and signs that change the number beside them, in the world's languages.

They are here to be noticed, not to be understood: an author may write "5 Mio" in an
English post. No dot stands behind the short ones, and marks on Latin letters do not
count. What CLDR puts behind compact numbers is among them; a test asks for it.
"""

import re
import unicodedata


def key(word: str) -> str:
    """What a word is looked up by: no case, no widths, no marks on Latin letters."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    apart = unicodedata.normalize("NFD", plain)
    bare = "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
    latin = bare and max(bare) < "\u0250"
    return bare if latin else unicodedata.normalize("NFC", plain)


def _words(text: str) -> frozenset[str]:
    return frozenset(map(key, text.split()))


ANYWHERE = _words(
    # Hundreds and dozens.
    """
    centaine centaines centena centenaio centenar centenares centenars centenas
    centinaia decenas dezenas dizaine dizaines docena docenas dotzena dotzenes
    douzaine douzaines dozen dozens dozijn dozzina dozzine dussin dutzend dutzende
    dutzenden dúzia dúzias honderd honderden hundert hunderte hunderten hundra
    hundratals hundred hundrede hundreder hundreds hundrevis tientallen tucat tuzin
    tuzinów tylft
    """
    # Thousands.
    """
    duisend duizend duizenden ezer hazaar hazār hiljada hiljade hiljadu lakh lakhs
    migliaia migliaio milhar milhares millar millares millier milliers nghìn tausend
    tausende tausenden thousand thousands tisíc tisíca tisíce tisíců tisoč tisuća
    tisuće tuhansia tuhat tuhatta tūkst tūkstančiai tūkstančio tūkstančių tūkstantis
    tūkstoši tūkstošu tūkstotis tusen tusentals tusenvis tusind tusinde tusinder
    tusindvis tysiąc tysiąca tysiące tysięcy þúsund
    """
    # Millions and more.
    """
    bazillion decillion googol googols nonillion octillion octillions septillion
    sextillion sextillions bilhão bilhões bilijon bilijona bilijoni bilijonov bilijun
    bilijuna
    bilió bilioi bilion biliona bilioni biliónov bilionów bilions bilionu biliony
    biljoen biljon biljoner biljonit biljoona biljoonaa billió billion billionen
    billioner billions billón billones billóns bilyon crore crores gazillion milhão
    milhões miliar miliard miliarda miliarde miliardi miliardo miliardov miliardów
    miliardu miliardy milijard milijarda milijardai milijardas milijarde milijardi
    milijardo milijardų milijon milijona milijonai milijonas milijone milijoni
    milijono milijonov milijonų milijun milijuna milió milioane milioi milion
    miliona milione milioni miliono miliónov milionów milions milionů milióny miliwn
    miljard miljarden miljarder miljardi miljardia miljardit miljards miljardu
    miljoen miljoenen miljon miljoner miljoni miljonit miljons miljonu miljoona
    miljoonaa milliárd milliarde milliarden milliarder milliardir milliards millió
    million millionen millioner millionir millions milliún milljarðar milljarður
    milljón milljónir millón millones millóns milyar milyard milyon mioin
    quadrillion quadrillions quintillion quintillions triệu trilhão trilhões
    trilijonai trilijonas trilijono trilijonų trilió trilioane trilion trilioni
    triliun triljon triljoni triljonit triljons triljonu triljoona trilliard
    trillion trillionen trillions trillón trillones trilyon zillion zillions
    """
    # Short for these, and for nothing else.
    """
    dtzd kk mds mio mld mlds mljrd mln mlrd mrd mrds trln tsd tys
    """
    # Greek, Cyrillic, Armenian, Georgian.
    """
    δισ δισεκατομμύρια δισεκατομμύριο εκατομμύρια εκατομμύριο εκατοντάδες ντουζίνα
    τρισεκατομμύρια τρισεκατομμύριο χιλιάδα χιλιάδες билион билиона билиони дюжин
    дюжина дюжины илјада илјади милиард милиарда милиарди милион милиона милиони
    милијарда милијарде милијарди миллиард миллиарда миллиардов миллиарды миллион
    миллиона миллионов миллионы млд млн млрд мільйон мільйона мільйони мільйонів
    мільярд мільярда мільярдаў мільярди мільярды мільярдів мільён мільёна мільёнаў
    мільёны сотен сотни тисяч тисяча тисячі трилион трилиона триллион триллиона
    триллионов трильйон трильйона трильйони трильйонів трлн тысяч тысяча тысячи
    тысячы хиляди хиљада хиљаде հազար միլիարդ միլիոն մլն մլրդ տրիլիոն ათასი მილიარდი
    მილიონი მლნ მლრდ ტრილიონი
    """
    # Hebrew, Arabic, Ethiopic, the scripts of India.
    """
    אלפים טריליון מיליארד מיליון آلاف ألف ألفا ترليون تریلیون لاکھ ملايين مليار
    مليارات مليون مليونا میلیارد میلیون هزار هزارمیلیارد ٹریلین کروڑ ہزار करोड करोड़
    कोटी लाख हज़ार हजार কোটি লক্ষ লাখ হাজার ਕਰੋੜ ਲੱਖ ਹਜ਼ਾਰ કરોડ જલધિ નિખર્વ મહાપદ્મ
    લાખ શંકુ હજાર ஆயிரம் இலட்சம் கோடி டிரில்லியன் பில்லியன் மில்லியன் லட்சம் కోటి
    కోట్లు ట్రిలియన్ ట్రిలియన్లు బిలియన్ బిలియన్లు మిలియన్ మిలియన్లు లక్షలు వేలు
    ಕೋಟಿ ಟ್ರಿಲಿಯನ್ ಬಿಲಿಯನ್ ಮಿಲಿಯನ್ ಲಕ್ಷ ಸಾವಿರ ആയിരം കോടി ട്രില്യൺ ദശലക്ഷം ബില്യൺ
    ലക്ഷം ሚሊዮን ቢሊዮን ትሪሊዮን
    """
)
"""No claim has one of these for another reason: they are noticed anywhere in it."""

COMPOUND = re.compile(
    "(?=.*(?:hundert|tausend|zig|ssig))"
    "(?:ein|zwei|zwo|drei|vier|funf|sechs?|sieben|sieb|acht|neun|zehn|elf|zwolf|zwan"
    "|zig|ssig|und|hundert|tausend)+"
)
"""German writes a number as one word: fünfhunderttausend."""

BEHIND = _words(
    """
    arab arba b bi bil bilj bill bilu bin bio bln bn bns cem cen cent cento cents
    cien ciento cientos cr crs doz dozs dz dzd elfu eok grand gross hilj hundredth
    hundredths jt juta k kharab kilo lac lacs laki libo libong lusin m md mi mia mie
    mii mijë mil mila mile miler milers milj mill mille millionth millionths mjd mlr
    mm mn myriad myriads ngàn oku puluh ratus rb ribu sada sata sataa score scores
    simt simtai simtų snes sto stotine sută sute szaz t td thou thousandth thousandths
    tis tjog tn tr tri tril trilj tuh tus tỷ wan yüz εκ εκατ εκατό τρισ χιλ бил илј
    к кк м мең ми мил милј миң мың мј ста сто т тис тыс хил хиљ ҳазор հզր տրլն אלף
    מאה מאות ارب مئات مئة کھرب अब्ज अरब खरब खर्व नील पद्म शंख सौ কো লা শত হা ਅਰਬ ਖਰਬ
    ਨੀਲ ਸੌ અબજ સો ஆ கோ டி பி மி ట్రి బి మి వంద వే వేయి ಟ್ರಿ ನೂರು ಬಿ ಮಿ ಸಾ നൂറ് მლრ
    ტრლ ሚ ሺ ቢ
    """
)
"""These may mean something else, and are noticed right behind the number."""

SIGNS = tuple(
    """
    พัน ร้อย ล้าน สิบ หมื่น แสน ຕື້ ພັນ ລ້ານ ໝື່ນ ແສນ ကုဋေ ထောင် သန်း သိန်း သောင်း
    ទ្រីលាន ប៊ីលាន ពាន់ លាន 万 京 亿 仟 佰 億 兆 十 千 垓 拾 百 萬 만 백 십 억 조 천
    """.split()
)
"""What a word behind the number begins with, where words are not parted."""

BEFORE = _words(
    """
    cento cien ciento couple einige einigen etliche few mehrere mehreren paar plusieurs
    quelques several vielen demi doble doppelt doppelte doppelten doppio double doubled
    dreifach dreifache dreifachen drittel dubbel fifth fifths halb halbe halben
    halber halbes half hälfte halve halves helft metade medio mezzo mil mille mitad
    moitié pół połowa quadruple quart quarter quarters tenth tenths third thirds thrice
    tiers treble triple twice vierfache viertel вдвое половина половину
    """
)
"""Before the number, with or without "of" between, these change it too."""

SHARES = _words(
    """
    basis basispunkte basispunkten bp bps odstotkov pct percent percentage
    percentages percents permil permille persen porcento porciento posto postotak
    pourcent pp ppb ppm procent procenta procentai procentas procenti procentów
    procentu promil promile promille prosent prosentti prosenttia protsent protsenti
    prozent prozentig prozentige prozentigen prozentiger prozentiges prozentpunkte
    prozentpunkten százalék відсотків відсоток промилле
    процент процента процентов процентів प्रतिशत শতাংশ เปอร์เซ็นต์ パーセント 퍼센트
    """
)
"""Behind a number, these make a share of it."""

PERCENT = frozenset("%‰‱٪؉؊％﹪")
PER = _words("al na per po por pour pro τοις")
HUNDRED = _words("cem cent cento cien ciento mil mille εκατό")
"""The two parts of "per cent", "pour mille", "por ciento"."""

TIMES = _words("fach fois gånger gange ganger keer mal times veces vezes volte")
COMPARED = _words(
    """
    as aussi bigger faster fewer fler greater häufiger higher höher larger less longer
    lower mais más mayor meer mehr meno menor menos mere minder moins more più plus
    smaller so weniger
    """
)
"""Three "times as many" is no count; shared three "times" is one."""

FOLD = _words("fach fache fachen facher faches fold")

PARTS = _words(
    """
    cinquièmes dixièmes drittel eighths fifths fünftel halves ninths quarters quarts
    sevenths sixths tenths thirds tiers viertel zehntel
    """
)
"""Behind a number, these make a part: 3 quarters of them."""

PARTED = _words(
    """
    a an as autant d de del den der des di do la le les many much of oft often que so
    the van viel viele von wie
    """
)
"""What may stand between a part and its whole: half "of the" posts."""

JOINED = _words("a à and bis e en et o oder of og or ou till to u und y")
"""What may stand between the two numbers of a range, or a number and its half."""

CURRENCY_CODES = frozenset(
    """
    AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR ILS INR JPY KRW MXN NOK NZD PLN RUB
    SEK SGD THB TRY TWD UAH USD ZAR
    """.split()
)
CURRENCIES = _words(
    """
    dollar dollars dólar dólares euro euros franken francs franc pesos
    pounds rubel rupees rupien yen yuan
    """
)
"""Beside a number, these make it a sum of money."""

NUMBERED = _words(
    """
    abb abschnitt ch chap capítulo chapitre chapter fig figura kap kapitel no nr num
    number numero numéro número nummer núm p page página pp seite top v version versión
    vol volume
    """
)
"""Before a number, these say which one it is."""

ATTACHED = dict.fromkeys("年月日時时年代년월일시", "a day, a time or a year")
ATTACHED |= dict.fromkeys("割成折分分の", "a share or a part")
ATTACHED |= dict.fromkeys("倍배", "how many times as much, not how many")
ATTACHED |= dict.fromkeys("円元원圆圓块", "a sum of money")
ATTACHED |= dict.fromkeys(("余", "餘", "多", "超", "弱", "強", "여"), "a limit")
ATTACHED |= dict.fromkeys(("以上", "以下", "以内", "未満", "未满"), "a limit")
ATTACHED |= dict.fromkeys(("이상", "이하", "미만", "초과"), "a limit")
"""What the signs behind a number make of it, where words are not parted."""

LIMITS_BEFORE = ("約", "约", "近", "超", "逾", "약")
"""What limits a number right before it, where words are not parted."""

YEARS = _words(
    "anno année año depuis desde during en im in jahr jahre seit since till until year"
)
"""Before four digits, these make them a year."""
