/** A change for the tests that are about what comes after the editor. */

interface Written {
  effectiveFrom?: string;
  parties: Record<string, { signatories?: string[] }>;
  services: { commitments: { id: string; rules: { target: { workingMinutes?: number } }[] }[] };
}

/** The text of a draft with a stricter first touch, the people who sign, and an instant. */
export function stricterDraft(text: string, effectiveFrom: string): string {
  const written = JSON.parse(text) as Written;
  written.effectiveFrom = effectiveFrom;
  for (const [side, name] of [
    ['marketing', 'Lucía Gil'],
    ['sales', 'Luis Ortega'],
  ] as const)
    written.parties[side] = { ...written.parties[side], signatories: [name] };
  for (const { id, rules } of written.services.commitments)
    if (id === 'first-touch') for (const rule of rules) if (rule.target.workingMinutes) rule.target.workingMinutes = 1;
  return JSON.stringify(written);
}
