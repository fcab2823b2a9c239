/**
 * Beginnings that guessers try before anything else, in lower case and without signs. With digits behind them, or
 * repeated, they are as easy to guess; longer lists would add little where twelve characters are asked for.
 */
export const COMMON_PASSWORDS: readonly string[] = [
  'password', 'passw0rd', 'passwort', 'p4ssword', 'passwordpassword', 'mypassword', 'newpassword', 'password123', 'thisismypassword',
  'changeme', 'changemenow', 'letmein', 'letmeinplease', 'welcome', 'welcome1', 'welcomehome', 'welcomeback', 'secret', 'topsecret',
  'qwerty', 'qwertyui', 'qwertyuiop', 'qwertyuiopasdf', 'qwerty123456', 'qwertyuiop123', 'asdfghjkl', 'asdfghjkl123', 'zxcvbnm', 'zxcvbnm123', 'qazwsx', 'qazwsxedc', 'qazwsxedcrfv', '1qaz2wsx3edc', '1q2w3e4r', '1q2w3e4r5t', '1q2w3e4r5t6y',
  '123456', '1234567', '12345678', '123456789', '1234567890', '123456789012', '123123', '123123123123', '123321', '12341234', '123412341234', '0987654321', '098765432109', '987654321', '9876543210', '111111', '112233', '112233445566', '121212', '101010', '000000', '666666',
  'abc123', 'abcd1234', 'abcdef', 'abcdefgh', 'abcdefghijkl', 'abcdefghijklm', 'abcdefghijklmnop', 'a1b2c3d4', 'a1b2c3d4e5f6', 'aa123456',
  'admin', 'administrator', 'adminadmin', 'administrator1', 'root', 'rootroot', 'guest', 'user', 'username', 'default', 'login', 'master', 'access', 'system', 'test', 'testtest', 'testing', 'demo', 'temp', 'temporary',
  'iloveyou', 'ilovemyfamily', 'iloveyouforever', 'sunshine', 'princess', 'football', 'footballfootball', 'baseball', 'basketball', 'superman', 'batman', 'spiderman', 'pokemon', 'starwars', 'monkey', 'dragon', 'shadow', 'michael', 'charlie', 'jordan', 'ashley', 'daniel', 'jessica', 'freedom', 'whatever', 'trustno1', 'computer', 'internet', 'chocolate', 'summer', 'winter', 'autumn', 'spring',
  'liverpool', 'liverpoolfc', 'manchesterunited', 'manchestercity', 'arsenal', 'chelsea', 'tottenham', 'everton', 'rangers', 'celtic',
  'derby', 'derbycounty', 'derbyshire', 'nottingham', 'nottinghamforest', 'nottinghamshire', 'nottscounty', 'eastmidlands', 'robinhood', 'sherwoodforest',
  'foster', 'fostering', 'fostercare', 'fostercarer', 'fosterforeastmidlands', 'socialworker', 'socialwork', 'recruitment', 'council', 'citycouncil', 'countycouncil',
  'correcthorsebatterystaple',
];
