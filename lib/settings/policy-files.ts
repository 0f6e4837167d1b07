/**
 * Ready-made policy files: what an administrator puts in place so that every browser of an organisation has the agreement.
 * Pure text from a policy; each form is the one that the browser's own documentation names for that system. Everything is
 * written in ASCII, so that no editor and no tool on the way can change what was signed.
 */

export type PolicyValue = string | number | boolean | readonly PolicyValue[] | { readonly [name: string]: PolicyValue };
export type PolicyValues = Readonly<Record<string, PolicyValue>>;

export interface PolicyIds {
  /** Of the extension in Chromium browsers: 32 letters. */
  readonly chromium: string;
  /** Of the extension in Firefox. */
  readonly firefox: string;
}

/** Beyond ASCII, by its code units. */
const escaped = (text: string): string =>
  text.replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** JSON in ASCII, for files and for texts within a policy. */
export const asciiJson = (value: unknown, indent?: number): string => escaped(JSON.stringify(value, null, indent));

/** Chrome, Chromium and Edge on Linux. */
export function linuxPolicy(values: PolicyValues, { chromium }: PolicyIds): string {
  return `${asciiJson({ '3rdparty': { extensions: { [chromium]: values } } }, 2)}\n`;
}

/** Firefox everywhere. */
export function firefoxPolicy(values: PolicyValues, { firefox }: PolicyIds): string {
  return `${asciiJson({ policies: { '3rdparty': { Extensions: { [firefox]: values } } } }, 2)}\n`;
}

/** `Software\Policies\…` of each browser. */
const registryRoots = { chrome: 'Google\\Chrome', edge: 'Microsoft\\Edge' } as const;
export type RegistryBrowser = keyof typeof registryRoots;

/** A value name or text of a `.reg` file. */
const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** Text that quotes can't hold (line ends, other letters) is written as its UTF-16 bytes. */
function registryText(text: string): string {
  if (/^[\u0020-\u007e]*$/.test(text)) return quoted(text);
  const units = Array.from({ length: text.length + 1 }, (_, index) =>
    index < text.length ? text.charCodeAt(index) : 0,
  );
  const bytes = units.flatMap((unit) => [unit & 0xff, unit >> 8]);
  return `hex(1):${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(',')}`;
}

function registryScalar(value: string | number | boolean): string {
  if (typeof value === 'string') return registryText(value);
  return `dword:${Number(value).toString(16).padStart(8, '0')}`;
}

const isScalar = (value: PolicyValue): value is string | number | boolean => typeof value !== 'object';

/** A key with its values, then its keys; a list is a key with values named 1, 2, … */
function registryKey(path: string, values: Readonly<Record<string, PolicyValue>>): string[] {
  const entries = Object.entries(values);
  const scalars = entries.flatMap(([name, value]) =>
    isScalar(value) ? [`${quoted(name)}=${registryScalar(value)}`] : [],
  );
  const keys = entries.flatMap(([name, value]) =>
    isScalar(value)
      ? []
      : registryKey(`${path}\\${name}`, Array.isArray(value) ? numbered(value) : (value as PolicyValues)),
  );
  return [`[${path}]`, ...scalars, '', ...keys];
}

const numbered = (list: readonly PolicyValue[]): PolicyValues =>
  Object.fromEntries(list.map((item, index) => [String(index + 1), item]));

/** Chrome and Edge on Windows: a file for the registry. */
export function windowsPolicy(values: PolicyValues, { chromium }: PolicyIds, browser: RegistryBrowser): string {
  const path = `HKEY_LOCAL_MACHINE\\Software\\Policies\\${registryRoots[browser]}\\3rdparty\\extensions\\${chromium}\\policy`;
  return `${['Windows Registry Editor Version 5.00', '', ...registryKey(path, values)].join('\r\n')}\r\n`;
}

const domains = { chrome: 'com.google.Chrome', edge: 'com.microsoft.Edge' } as const;

const xml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\u007f-\u{10ffff}]/gu, (letter) => `&#x${(letter.codePointAt(0) ?? 0).toString(16)};`);

function plist(value: PolicyValue, indent: string): string {
  if (typeof value === 'string') return `${indent}<string>${xml(value)}</string>`;
  if (typeof value === 'boolean') return `${indent}<${String(value)}/>`;
  if (typeof value === 'number') return `${indent}<integer>${value}</integer>`;
  const deeper = `${indent}\t`;
  if (Array.isArray(value)) {
    const items = (value as readonly PolicyValue[]).map((item) => plist(item, deeper));
    return [`${indent}<array>`, ...items, `${indent}</array>`].join('\n');
  }
  const entries = Object.entries(value as PolicyValues).map(
    ([name, item]) => `${deeper}<key>${xml(name)}</key>\n${plist(item, deeper)}`,
  );
  return [`${indent}<dict>`, ...entries, `${indent}</dict>`].join('\n');
}

/**
 * Chrome and Edge on macOS: a configuration profile.
 * @param uuids two that no other profile has; the same ones again replace a profile.
 */
export function macPolicy(
  values: PolicyValues,
  { chromium }: PolicyIds,
  browser: RegistryBrowser,
  uuids: readonly [string, string],
): string {
  const domain = `${domains[browser]}.extensions.${chromium}`;
  const profile: PolicyValues = {
    PayloadContent: [
      {
        PayloadType: domain,
        PayloadIdentifier: `${domain}.relevo`,
        PayloadUUID: uuids[0],
        PayloadVersion: 1,
        PayloadEnabled: true,
        ...values,
      },
    ],
    PayloadDisplayName: 'Relevo',
    PayloadIdentifier: `relevo.${browser}`,
    PayloadScope: 'System',
    PayloadType: 'Configuration',
    PayloadUUID: uuids[1],
    PayloadVersion: 1,
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    plist(profile, ''),
    '</plist>',
    '',
  ].join('\n');
}
