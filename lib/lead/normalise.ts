/**
 * Values made comparable: two leads with the same key are probably one. A key says "probably the same", never "the same",
 * and it is never shown. Pure and total: any text has a key or `null`, a key is its own key, and neither case, blanks around
 * nor invisible characters make a difference. Phones need numbering plans and are in `phone.ts`.
 */

/** Zero-width spaces and joiners, soft hyphens, direction marks: they come along when a text is copied from a web page. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;
/** Keys are compared and indexed, not read; one of a name of 500 letters needs no more than its beginning. */
const nameAtMost = 200;

/** Nothing in such a text is invisible, written in two ways or of several cases: most texts need no more than a look. */
const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);

/** The text as a person sees it: without invisible characters and blanks around. */
export const visible = (text: string): string => (isAscii(text) ? text : text.replaceAll(invisible, '')).trim();

/** One case for all, by way of upper case: `ß`, `ẞ` and `SS`, or `ı` and `i`, are written for one another in lists of leads. */
const folded = (text: string): string =>
  isAscii(text) ? text.toLowerCase() : text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');

export interface MailParts {
  /** In lower case; may hold letters that are not ASCII. */
  readonly local: string;
  /** In ASCII and lower case: `xn--` for an international name. */
  readonly domain: string;
}

const atom = String.raw`[\p{L}\p{M}\p{N}!#$%&'*+/=?^_\x60{|}~-]+`;
/** RFC 5321's dot-string with RFC 6531's letters. Quoted local parts are legal and are typing mistakes in practice. */
const localPart = new RegExp(String.raw`^${atom}(?:\.${atom})*$`, 'u');
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** At least two labels; the last one holds a letter, or it would be an IP address. */
const hostName = new RegExp(String.raw`^(?:${label}\.)+(?=[a-z0-9-]*[a-z])${label}$`);
/** What a URL would read as something else than a part of its host. */
const notInHost = /[\s/\\?#@:%[\]<>^|\x60{}"']/;

/** A domain in ASCII and lower case; `null` where it is none. */
function asciiDomain(text: string): string | null {
  const domain = text.toLowerCase();
  if (domain.length > 253) return null;
  if (hostName.test(domain)) return domain;
  if (notInHost.test(domain)) return null;
  try {
    // The URL standard's host parser is the platform's own IDNA (UTS 46).
    const host = new URL(`http://${domain}`).hostname;
    return host.length <= 253 && hostName.test(host) ? host : null;
  } catch {
    return null;
  }
}

/** Takes a mail address apart; `null` when it is none that a mail could be sent to. Not whether there is such a mailbox. */
export function mailParts(text: string): MailParts | null {
  // RFC 5321: a path holds at most 254 characters. More text than this is no address, however much of it is invisible.
  if (text.length > 2_000) return null;
  const whole = visible(text).normalize('NFKC');
  const at = whole.lastIndexOf('@');
  const local = folded(whole.slice(0, at)).normalize('NFKC');
  if (at < 1 || local.length > 64 || !localPart.test(local)) return null;
  const domain = asciiDomain(whole.slice(at + 1));
  return domain === null ? null : { local, domain };
}

/** One mailbox under two names. */
const sameHost: Readonly<Record<string, string>> = { 'googlemail.com': 'gmail.com' };

/**
 * Providers that document that what follows a `+` goes to the same mailbox. Elsewhere only the host knows what a local part
 * means (RFC 5321, 2.3.11): `sales+es@` may be a mailbox of its own, and calling two people one is the worse mistake.
 */
const taggedHosts: ReadonlySet<string> = new Set([
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'icloud.com',
  'me.com',
  'mac.com',
  'proton.me',
  'protonmail.com',
  'pm.me',
  'fastmail.com',
]);
/** Only Gmail says that dots don't matter. */
const dotlessHost = 'gmail.com';

/**
 * The mailbox that an address belongs to; `null` when it is no address. Case is folded everywhere: the standard leaves the
 * local part's case to the host, and no host in use tells two mailboxes apart by it.
 */
export function mailKey(text: string): string | null {
  const parts = mailParts(text);
  if (!parts) return null;
  const domain = sameHost[parts.domain] ?? parts.domain;
  let { local } = parts;
  if (taggedHosts.has(domain)) local = local.replace(/(?<=.)\+.*$/u, '').replace(/\.$/, '') || local;
  if (domain === dotlessHost) local = local.replaceAll('.', '');
  return `${local}@${domain}`;
}

/** Letters that Unicode does not take apart into a base letter and a mark. */
const plainLetters: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};

/** Marks on Latin, Greek and Cyrillic letters. Marks of other scripts are vowels and tones, and stay. */
const accents = /[\u0300-\u036f]/g;

/** Without case and accents. */
const bare = (text: string): string =>
  folded(text.normalize('NFKD'))
    .replaceAll(invisible, '')
    .normalize('NFKD')
    .replaceAll(accents, '')
    .replaceAll(/[æœøłđðþ]/g, (letter) => plainLetters[letter] ?? letter);

const words = (text: string): string =>
  (isAscii(text) ? text.toLowerCase() : bare(text))
    // `O'Brien` is `OBrien`, `S.L.` is `SL`, `A/S` is `AS`; any other sign stands between two words.
    .replaceAll(/['’‘ʼ`.]|(?<=\b\p{L})\/(?=\p{L}\b)/gu, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();

/** Words in one case, without accents and punctuation, one blank between them; the order of words is kept. */
function plainWords(text: string): string {
  const plain = words(visible(text).slice(0, 500));
  // Cutting may leave a blank at the end.
  return plain.length > nameAtMost ? plain.slice(0, nameAtMost).trim() : plain;
}

/**
 * Legal forms of companies, as they look without dots and blanks: those of Europe, the Americas and the English-speaking
 * countries in Latin letters. ISO 20275 has them all; one that is missing here only leaves a duplicate unseen.
 */
const legalForms: ReadonlySet<string> = new Set(
  (
    'ag kg ohg gbr ug gmbh gmbhcokg gmbhundcokg gmbhco se eg ev kgaa ek ' +
    'sl slu sll slne sa sau sad sc scp scoop coop cb aie ' +
    'ltd limited llp plc lp cic inc incorporated corp corporation co company llc lllp pllc pc ' +
    'pty ptyltd proprietarylimited pvt pvtltd privatelimited pte pteltd bhd sdnbhd ' +
    'sas sasu sarl eurl snc sci scs scea bv bvba nv vof cv srl srls spa sapa ' +
    'ab asa as aps ks oy oyj hf ehf ' +
    'spzoo spk spj sro vos kft zrt nyrt bt doo dd ood eood uab sia ou ' +
    'ltda eireli sapi sadecv srldecv sderldecv sapidecv kk gk ooo oao zao pao'
  ).split(' '),
);
/** `S. de R.L. de C.V.` has five words. */
const formWords = 5;

/** Removes legal forms from the end, however often and however many words; a name that is nothing else stays. */
function withoutLegalForm(company: string): string {
  const parts = company.split(' ');
  const formAtEnd = (): number => {
    for (let count = Math.min(formWords, parts.length - 1); count > 0; count--)
      if (legalForms.has(parts.slice(-count).join(''))) return count;
    return 0;
  };
  for (let count = formAtEnd(); count > 0; count = formAtEnd()) parts.splice(-count);
  return parts.join(' ');
}

/** A company's name for comparison; `null` when there is no letter or digit in it. */
export function companyKey(company: string): string | null {
  return withoutLegalForm(plainWords(company)) || null;
}

/** A person at a company, `ana maria lopez|acme`; `null` where one of them says nothing: a name alone is no evidence. */
export function nameKey(name: string, company: string): string | null {
  const [person, firm] = [plainWords(name), companyKey(company)];
  return person === '' || firm === null ? null : `${person}|${firm}`;
}
