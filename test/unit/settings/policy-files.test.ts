// @vitest-environment happy-dom
/** Each file is parsed back by the rules of its format: what a browser reads is what was written. */
import { describe, expect, it } from 'vitest';
import {
  firefoxPolicy,
  linuxPolicy,
  macPolicy,
  windowsPolicy,
  type PolicyValues,
} from '../../../lib/settings/policy-files';

const ids = { chromium: 'cgoikgohfmdkfcehifinbfppdllllkec', firefox: 'relevo@relevo.invalid' };
const values: PolicyValues = {
  agreement: JSON.stringify({ title: 'Año "1" \\ <fin> & más', notes: 'a\nb' }),
  origins: ['https://crm.example/*', 'https://ñ.example/*'],
  locked: [],
  person: { name: 'Núria 🚀', reminders: { on: true } },
};

/** A `.reg` file as the registry takes it in. */
function readReg(text: string): Record<string, Record<string, string | number>> {
  const [head, , ...lines] = text.split('\r\n');
  expect(head).toBe('Windows Registry Editor Version 5.00');
  const keys: Record<string, Record<string, string | number>> = {};
  let key = '';
  for (const line of lines) {
    if (line === '') continue;
    const opened = /^\[(.+)\]$/.exec(line);
    if (opened) {
      key = opened[1] ?? '';
      keys[key] = {};
      continue;
    }
    const [, name = '', value = ''] = /^"((?:[^"\\]|\\.)*)"=(.*)$/.exec(line) ?? [];
    keys[key] = { ...keys[key], [unquoted(name)]: readValue(value) };
  }
  return keys;
}

const unquoted = (text: string): string => text.replaceAll(/\\(.)/g, '$1');

function readValue(value: string): string | number {
  if (value.startsWith('dword:')) return Number.parseInt(value.slice(6), 16);
  if (value.startsWith('hex(1):')) {
    const bytes = Uint8Array.from(value.slice(7).split(','), (byte) => Number.parseInt(byte, 16));
    return new TextDecoder('utf-16le').decode(bytes).replace(/\0$/, '');
  }
  return unquoted(/^"(.*)"$/.exec(value)?.[1] ?? 'unreadable');
}

type Plist = string | number | boolean | Plist[] | { [name: string]: Plist };

function readPlist(element: Element): Plist {
  const children = [...element.children];
  switch (element.tagName.toLowerCase()) {
    case 'string':
      return element.textContent ?? '';
    case 'integer':
      return Number(element.textContent);
    case 'array':
      return children.map(readPlist);
    case 'dict':
      return Object.fromEntries(
        children.flatMap((child, index) =>
          index % 2 === 0 ? [[child.textContent ?? '', readPlist(children[index + 1] ?? child)]] : [],
        ),
      );
    default:
      return element.tagName.toLowerCase() === 'true';
  }
}

describe('policy files', () => {
  it('for Linux hold the values under the extension’s id', () => {
    expect(JSON.parse(linuxPolicy(values, ids))).toEqual({ '3rdparty': { extensions: { [ids.chromium]: values } } });
  });

  it('for Firefox hold them where it looks for extensions', () => {
    expect(JSON.parse(firefoxPolicy(values, ids))).toEqual({
      policies: { '3rdparty': { Extensions: { [ids.firefox]: values } } },
    });
  });

  it.each([
    ['chrome', 'Google\\Chrome'],
    ['edge', 'Microsoft\\Edge'],
  ] as const)('for %s on Windows hold them in the registry’s own form', (browser, root) => {
    const base = `HKEY_LOCAL_MACHINE\\Software\\Policies\\${root}\\3rdparty\\extensions\\${ids.chromium}\\policy`;
    expect(readReg(windowsPolicy(values, ids, browser))).toEqual({
      [base]: { agreement: values['agreement'] },
      [`${base}\\origins`]: { 1: 'https://crm.example/*', 2: 'https://ñ.example/*' },
      [`${base}\\locked`]: {},
      [`${base}\\person`]: { name: 'Núria 🚀' },
      [`${base}\\person\\reminders`]: { on: 1 },
    });
  });

  it.each([
    ['chrome', 'com.google.Chrome'],
    ['edge', 'com.microsoft.Edge'],
  ] as const)('for %s on macOS are a profile with its payload', (browser, domain) => {
    const text = macPolicy(values, ids, browser, ['one', 'two']);
    const root = new DOMParser().parseFromString(text.replace(/^<\?xml.*\n<!DOCTYPE.*\n/, ''), 'application/xml');
    const profile = readPlist(root.querySelector('plist > dict') ?? root.documentElement);
    expect(profile).toMatchObject({ PayloadType: 'Configuration', PayloadUUID: 'two', PayloadVersion: 1 });
    expect(profile).toHaveProperty(['PayloadContent', 0], {
      PayloadType: `${domain}.extensions.${ids.chromium}`,
      PayloadIdentifier: `${domain}.extensions.${ids.chromium}.relevo`,
      PayloadUUID: 'one',
      PayloadVersion: 1,
      PayloadEnabled: true,
      ...values,
    });
  });

  it('are ASCII, so that nothing on the way changes a letter of what was signed', () => {
    for (const text of [
      linuxPolicy(values, ids),
      firefoxPolicy(values, ids),
      windowsPolicy(values, ids, 'chrome'),
      macPolicy(values, ids, 'edge', ['one', 'two']),
    ])
      expect(text).toMatch(/^[\t\r\n\u0020-\u007e]*$/);
  });
});
