/**
 * In which language and colours screens are looked at. Each language and each colour scheme once is enough to find a fault, and
 * takes half of the time; `RELEVO_LOOKS=all` looks at all four and keeps pictures of them.
 */
type Look = readonly [language: 'en' | 'es', colorScheme: 'light' | 'dark'];

const others: readonly Look[] = [
  ['en', 'dark'],
  ['es', 'light'],
];

export const looks: readonly Look[] = [
  ['en', 'light'],
  ['es', 'dark'],
  ...(process.env['RELEVO_LOOKS'] === 'all' ? others : []),
];
