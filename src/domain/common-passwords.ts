/**
 * The roots that most leaked passwords are made of: words, names, runs of fingers, in the languages our clinics speak. Written down by
 * hand; the rules of `guessable.ts` derive from each what people make of it (capitals, digits for letters, a year, a sign, twice, two
 * joined, backwards), some millions of passwords. Runs of one alphabet or of one row of keys aren't here: those are found by rule.
 */
const english = `
password passw0rd passwort passwd pass pwd secret letmein welcome login admin administrator root user guest master access system
default changeme test tester testing demo sample example temp temporary public private security secure hidden unknown nothing
whatever something anything everything computer internet google facebook instagram twitter youtube amazon apple microsoft windows
samsung nokia android iphone yahoo hotmail gmail outlook linkedin myspace adobe photoshop oracle cisco server network database
office work company business service support manager sales info contact hello hallo hola goodbye world bonjour ciao namaste thanks please correcthorsebatterystaple
love lover loveme loveyou iloveyou ilove iloveu mylove lovely loving always forever together sweet sweetheart sweetie honey baby
babygirl babyboy darling angel angels princess prince queen king kingdom beautiful pretty beauty cutie hottie sexy sexyman girl boy
girls boys woman women friend friends bestfriend family mother father mommy daddy mama papa mami papi brother sister grandma
children kids life live living happy happiness smile smiley peace freedom hope faith trust trustno dream dreams dreamer lucky
luck magic heaven paradise god jesus jesuschrist christ lord holy bible church amen blessed blessing grace gospel
dragon monkey tiger lion eagle falcon hawk wolf wolves bear panda horse pony unicorn dolphin shark fish kitty kitten cat cats dog
dogs doggy puppy rabbit bunny chicken turkey duck goose frog turtle snake spider butterfly flower flowers rose roses lily daisy
sunflower cherry apple orange banana lemon peach melon strawberry chocolate cookie cookies candy sugar pepper ginger coffee cheese
pizza burger butter bacon taco beer vodka whiskey wine water fire earth wind storm thunder lightning rainbow sunshine sunny summer
winter spring autumn snow snowball snowman january february march april june july august september october november december
monday tuesday wednesday thursday friday saturday sunday morning midnight tonight today yesterday tomorrow weekend holiday
christmas easter birthday halloween valentine
football soccer baseball basketball hockey tennis golf rugby cricket swimming running cycling fishing hunting skating skater
liverpool arsenal chelsea everton manchester united barcelona juventus realmadrid bayern benfica porto sporting celtic rangers
yankees redsox cowboys steelers lakers bulls eagles packers raiders broncos giants patriots dolphins
batman superman spiderman ironman hulk joker robin starwars skywalker vader yoda jedi matrix pokemon pikachu naruto sasuke goku
zelda mario luigi sonic minecraft fortnite roblox warcraft starcraft counter strike halo callofduty playstation nintendo xbox
gandalf frodo legolas hobbit harry potter hogwarts hermione dumbledore merlin camelot excalibur phoenix ninja samurai warrior
knight pirate viking spartan gladiator hunter shooter killer assassin sniper soldier marine army navy ranger captain major
general maverick iceman goose rocky rambo terminator alien predator robot cyber hacker matrix shadow ghost phantom vampire zombie
demon devil satan lucifer hell heaven darkness dark night black white blue green yellow purple pink orange silver golden gold
platinum diamond crystal ruby emerald sapphire jewel treasure money dollar cash rich million business
mustang ferrari porsche mercedes corvette camaro honda toyota nissan yamaha kawasaki suzuki harley davidson subaru mazda ford
chevy dodge jeep audi volvo lexus bmw racing driver trucker hotrod
music guitar piano violin drummer metal metallica nirvana slipknot eminem tupac beatles queen elvis madonna britney rihanna beyonce
rockstar rocker rocknroll punk hiphop rapper dancer dance dancing singer
london paris berlin madrid lisbon lisboa roma milan moscow moskva newyork chicago boston dallas houston texas florida california
canada america england france germany russia china japan india brasil brazil mexico spain italy portugal poland ukraine turkey
europe africa australia jordan victoria austin denver phoenix orlando miami vegas
school college student teacher doctor nurse lawyer police hospital clinic beauty spa salon massage skin skincare laser botox
filler derma cosmetics makeup facial treatment patient client therapy medical medicine health healthy wellness
michael michelle jennifer jessica ashley amanda daniel andrew joshua matthew anthony nicole robert thomas william richard charles
george henry edward david joseph james john peter paul mark luke steven stephen brian kevin jason justin brandon jordan taylor
tyler dylan logan mason ethan noah liam jacob jackson hunter chris christian christopher christine christina patrick sean ryan eric
alexander alex alexis alexandra andrea angela angelina anna annie amy amber emily emma elizabeth eliza bella isabella sophia sophie
olivia charlotte chloe lauren laura linda lisa lucy maria marie mary martha margaret maggie megan melissa monica natalie natasha
nathan nicholas rachel rebecca samantha samuel sam sandra sarah sara scott sharon stephanie susan tiffany vanessa veronica victor
vincent benjamin ben carlos diego fernando gabriel jose juan luis manuel miguel pablo pedro rafael ricardo roberto sebastian
antonio marco mario giovanni francesco alessandro giulia chiara hans klaus stefan andreas thomas juergen heike sabine petra
cheyenne dakota savannah brooklyn madison morgan jasmine destiny crystal heather hannah kelly kimberly courtney danielle denise
bailey buster charlie cooper duke max maxwell molly lucky lucy oliver oscar rocky sammy shadow sparky tigger toby zeus
blink booboo boomer bubba bubbles cocacola pepsi corona budweiser nike adidas gucci prada chanel dior
abc abcd asdf qwer zxcv qaz wsx edc qazwsx qazwsxedc zaqwsx zaq xsw cde aaa bbb xxx zzz fuck fucker fuckyou fuckoff shit bitch
asshole bastard dick pussy cock suck sucker porn sex sexy naked horny whore slut biteme killme screw damn bullshit
`;
const others = `
parol privet poka lubov lyubov lublu solnce solnyshko zvezda mama papa babushka dedushka sestra brat druzya drug rodina rossiya
moskva piter sankt peterburg spartak zenit dinamo cska lokomotiv natasha nastya katya masha dasha sasha pasha misha dima vova
vladimir sergey sergei andrey andrei alexey aleksey aleksandr alexandr dmitry dmitri maxim maksim nikita nikolay ivan igor oleg
roman ruslan vitaly viktor viktoria yulia julia yana irina marina olga elena svetlana tatiana tatyana galina ludmila nadezhda
vera ekaterina anastasia polina ksenia valentina klubnika malina ananas zayka zaychik kotik koshka kotenok sobaka medved volk
samsung gfhjkm ghbdtn ytrewq rjirf cjkysirj vfhbyf yfnfif fktrcfylh cthutq vbkfirf k.,jdm pfxtv lkz ljcneg
пароль привет пока любовь люблю солнце солнышко звезда мама папа мамочка бабушка дедушка сестра брат друзья друг родина россия
москва питер спартак зенит динамо локомотив наташа настя катя маша даша саша паша миша дима вова владимир сергей андрей
алексей александр дмитрий максим никита николай иван игорь олег роман руслан виталий виктор виктория юлия яна ирина марина
ольга елена светлана татьяна галина людмила надежда вера екатерина анастасия полина ксения валентина клубника малина ананас
зайка зайчик котик кошка котенок собака медведь волк клиника красота доктор здоровье администратор админ доступ секрет работа
школа студент учитель футбол хоккей лето зима весна осень январь февраль март апрель июнь июль август сентябрь октябрь ноябрь
декабрь понедельник вторник среда четверг пятница суббота воскресенье красавица принцесса королева ангел дракон тигр
schatz schatzi hallo liebe ichliebedich passwort geheim sommer fruehling herbst fussball deutschland berlin muenchen hamburg
bundesliga schalke dortmund sonne sonnenschein engel prinzessin maus mausi hase hasi blume katze hund baer
senha amor meuamor teamo tequiero contrasena clave mariposa princesa estrella sol luna corazon bonita hermosa chocolate futbol
gatinha gatinho amizade felicidade familia deus jesus deusefiel brasil flamengo corinthians palmeiras saudade carinho benfica
motdepasse azerty azertyuiop soleil doudou loulou chouchou marseille bonjour jetaime amour coucou nicolas camille
ciao amore tiamo juventus napoli forza password segreto stellina farfalla principessa
trustno1 1q2w3e 1q2w3e4r 1q2w3e4r5t q1w2e3r4 a1b2c3 a1b2c3d4 abc123 asd123 qwe123 qweasd qweasdzxc asdzxc zxcasd qwerty qwertz 1a2b3c 123qwe
123abc 321654 159753 147258 147852 258369 741852 963852 789456 456123 123654 112233 111222 121212 123123 131313 101010 202020
232323 696969 777888 100200 12qwaszx 147258369 789456123 159357 007007 00700 31337 1337 asdfasdf qwerqwer zxcvzxcv
`;

/** Lower case, four signs or more: what is shorter is too much a part of other words. */
export const commonRoots: readonly string[] = [
  ...new Set(`${english} ${others}`.split(/\s+/).filter((root) => root.length >= 4)),
];
