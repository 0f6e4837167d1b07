import { describe, expect, it } from 'vitest';
import { qualityWords } from '../../../components/panel/quality-words';
import type { QualityCode, QualityFinding } from '../../../lib/lead/quality-rules';
import { speak, type Language } from '../support/i18n';

const now = Date.UTC(2026, 2, 6, 12);
const since = Date.UTC(2026, 0, 5, 12);
const why = { en: 'Applicants', es: 'Candidatos' };

/** One finding of every code: a new one does not compile until it is here. */
const findings: { readonly [Code in QualityCode]: Extract<QualityFinding, { code: Code }> } = {
  required: { code: 'required', field: 'phone' },
  'free-mail': { code: 'free-mail', domain: 'free.example' },
  'disposable-mail': { code: 'disposable-mail', domain: 'gone.example' },
  'mail-syntax': { code: 'mail-syntax' },
  phone: { code: 'phone', country: 'ES' },
  duplicate: { code: 'duplicate', by: 'name-company', leads: ['a'], count: 1 },
  persona: { code: 'persona' },
  scope: { code: 'scope' },
  'scope-excluded': { code: 'scope-excluded', why },
  stale: { code: 'stale', since },
};

const say = (finding: QualityFinding, language: Language) => {
  speak(language);
  return qualityWords({ what: finding, todo: finding.code }, now);
};

describe.each(['en', 'es'] as const)('in %s', (language) => {
  it.each(Object.values(findings))('$code says what and what to do, with every blank filled', (finding) => {
    for (const words of Object.values(say(finding, language))) {
      expect(words).not.toMatch(/quality_|popup_|\$\d|undefined/);
      expect(words.length).toBeGreaterThan(5);
    }
  });
});

it.each([
  ['en', findings.required, 'Missing: phone'],
  ['es', findings.required, 'Falta: teléfono'],
  ['en', findings.phone, 'Not a valid phone number (Spain)'],
  ['es', findings.phone, 'No es un teléfono válido (España)'],
  ['en', { code: 'phone' }, 'Not a valid phone number'],
  ['en', { code: 'phone', country: '?' }, 'Not a valid phone number (?)'],
  ['en', findings.duplicate, '1 other lead has the same name and company'],
  ['en', { ...findings.duplicate, by: 'email', count: 1_200 }, '1,200 other leads have the same mail address'],
  ['es', { ...findings.duplicate, by: 'phone', count: 2 }, '2 leads más tienen el mismo teléfono'],
  ['en', findings['scope-excluded'], 'Excluded from the agreed scope: Applicants'],
  ['es', findings['scope-excluded'], 'Excluido del alcance acordado: Candidatos'],
  ['es', { code: 'scope-excluded', why: 'Bewerber' }, 'Excluido del alcance acordado: Bewerber'],
] as const)('%s: %o', (language, finding, words) => {
  expect(say(finding, language).what.toLowerCase()).toBe(words.toLowerCase());
});
