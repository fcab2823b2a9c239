/**
 * Names that are common in the East Midlands, by where families have their roots, with how many of a hundred households
 * have them. First and last names are drawn apart, so nobody in particular is meant.
 */
export interface NameList {
  readonly weight: number;
  readonly women: readonly string[];
  readonly men: readonly string[];
  readonly last: readonly string[];
  /** What is spoken at home besides English, if anything; the first one more often. */
  readonly languages: readonly string[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s*,\s*/);

export const NAME_LISTS: readonly NameList[] = [
  {
    weight: 68,
    women: words('Sarah, Claire, Emma, Joanne, Louise, Karen, Tracey, Michelle, Rachel, Gemma, Hayley, Kerry, Lisa, Nicola, Rebecca, Samantha, Donna, Julie, Alison, Beverley, Charlotte, Bethany, Chloe, Stacey, Leanne, Natalie, Amanda, Wendy, Sharon, Deborah, Zoe, Holly, Abigail, Jasmine, Lorraine, Heather, Kirsty, Vicky, Maxine, Paula'),
    men: words('David, Mark, Paul, Andrew, Stephen, Darren, Lee, Craig, Gary, Simon, Richard, Matthew, James, Daniel, Adam, Ryan, Jamie, Ben, Luke, Callum, Martin, Neil, Shaun, Wayne, Dean, Scott, Robert, Thomas, Philip, Kevin, Ian, Stuart, Gareth, Jonathan, Liam, Nathan, Carl, Keith, Graham, Trevor'),
    last: words('Smith, Taylor, Wright, Walker, Clarke, Hallam, Marriott, Beardsley, Wheatcroft, Brough, Allsop, Gretton, Bostock, Spencer, Hibbert, Bagshaw, Cresswell, Eyre, Fearn, Gregory, Heathcote, Hodgkinson, Holmes, Kirk, Limb, Mellors, Oldham, Parkin, Radford, Revill, Sharpe, Shelton, Sisson, Slack, Tomlinson, Towle, Turton, Twells, Wain, Wardle, Whetton, Wildgoose, Wragg, Bates, Birch, Cooper, Dobson, Ellis, Fisher, Garton, Hough, Ingham, Jarvis, Keeling, Lomas, Musson, Naylor, Orme, Pickering, Rowbottom, Severn, Thorpe, Underwood, Varley, Weston'),
    languages: ['British Sign Language'],
  },
  {
    weight: 12,
    women: words('Priya, Nasreen, Farzana, Manjit, Sunita, Harpreet, Shabana, Yasmin, Amina, Kiran, Meena, Rukhsana, Jaspreet, Nadia, Anjali, Saima, Parveen, Gurpreet, Deepa, Zainab'),
    men: words('Imran, Rajesh, Gurdeep, Mohammed, Sanjay, Amir, Balwinder, Tariq, Kamal, Vikram, Asif, Harjit, Nadeem, Sunil, Yusuf, Manoj, Jagdeep, Rizwan, Anil, Waqas'),
    last: words('Patel, Khan, Hussain, Shah, Ahmed, Joshi, Mann, Rehman, Mistry, Sandhu, Gill, Akhtar, Malik, Dhillon, Chauhan, Iqbal, Sharma, Bains, Parmar, Mahmood'),
    languages: ['Punjabi', 'Urdu', 'Gujarati', 'Hindi', 'Mirpuri'],
  },
  {
    weight: 8,
    women: words('Grace, Blessing, Marcia, Yvonne, Chioma, Abena, Shanice, Tendai, Patience, Jacqueline, Folake, Makeda, Rosemary, Comfort, Ngozi, Latoya'),
    men: words('Winston, Emmanuel, Kwame, Delroy, Chidi, Tunde, Marlon, Leroy, Tinashe, Samuel, Kofi, Errol, Desmond, Obinna, Isaac, Curtis'),
    last: words('Okafor, Campbell, Mensah, Grant, Adeyemi, Brown, Moyo, Francis, Boateng, Henry, Eze, Gordon, Ncube, Bailey, Owusu, Williams, Balogun, Reid, Osei, Morgan'),
    languages: ['Shona', 'Yoruba', 'Twi', 'Jamaican Patois', 'Igbo'],
  },
  {
    weight: 7,
    women: words('Agnieszka, Katarzyna, Elena, Ioana, Monika, Joanna, Kristina, Natalia, Magdalena, Oksana, Rasa, Andreea, Ewa, Mihaela'),
    men: words('Piotr, Tomasz, Andrei, Krzysztof, Marius, Pawel, Mihai, Marek, Vitalij, Stefan, Adrian, Grzegorz, Ionut, Lukasz'),
    last: words('Dudek, Nowak, Popescu, Wójcik, Ionescu, Pawlak, Wróbel, Dumitru, Mazur, Krawczyk, Stoica, Kovalenko, Bąk, Rusu, Sikora, Marin'),
    languages: ['Polish', 'Romanian', 'Lithuanian', 'Ukrainian'],
  },
  {
    weight: 5,
    women: words('Siobhán, Mei, Layla, Maria, Hana, Niamh, Fatima, Soo-jin, Leila, Carmen, Thuy, Róisín'),
    men: words('Declan, Wei, Omar, José, Hassan, Seán, Karim, Minh, Reza, Pádraig, Yiannis, Mateus'),
    last: words("O'Connor, Chen, Al-Hakim, Fernandes, Rahimi, McCarthy, Haddad, Nguyen, O'Brien, Silva, Wong, Nikolaidis, de Souza, Kelly"),
    languages: ['Arabic', 'Cantonese', 'Portuguese', 'Irish', 'Farsi', 'Vietnamese'],
  },
];

/** Double-barrelled names of couples who kept both, and a few that are as long as names get. */
export const LONG_LAST_NAMES: readonly string[] = ['Featherstonehaugh-Cholmondeley', 'Papadimitriou-Konstantopoulou', 'Wolstenholme-Braithwaite', 'Oluwatobiloba-Adegbenro', 'Venkataramanan-Subramaniam'];

/** First names of children, whatever the family's roots. */
export const GIRLS: readonly string[] = words('Amelia, Isla, Ava, Maya, Freya, Aisha, Poppy, Lena, Ruby, Elsie, Nia, Zofia, Willow, Anaya, Imogen');
export const BOYS: readonly string[] = words('Oliver, Noah, Leo, Oscar, Zain, Theo, Kai, Idris, Jakub, Arjun, Harrison, Reuben, Ezra, Toby, Malachi');

/** Places by council, and streets that could be anywhere in them. */
export const TOWNS = {
  derby: words('Derby, Allestree, Mickleover, Alvaston, Littleover, Chaddesden, Spondon'),
  derbyshire: words('Chesterfield, Ilkeston, Swadlincote, Long Eaton, Belper, Ripley, Heanor, Alfreton, Buxton, Matlock, Bolsover, Glossop'),
  nottingham: words('Nottingham, Bulwell, Clifton, Wollaton, Sherwood, Basford, Bestwood'),
  nottinghamshire: words('Mansfield, Worksop, Newark, Arnold, Beeston, Hucknall, Sutton-in-Ashfield, Retford, Kirkby-in-Ashfield, Stapleford, Carlton'),
} as const;
export const STREETS: readonly string[] = words('Larkspur Close, Foundry Row, Peartree Avenue, Old Mill Lane, Thornfield Road, Kestrel Drive, Canal View, Brackendale, Station Road, Hazel Grove, Quarry Hill, Ashby Crescent, Long Meadow, Dovecote Lane, Framework Yard, Lacemaker Street, Coppice Road, Windmill Rise, Orchard Way, Tansy Court');
