/**
 * The team of each lead: that of its owner now, by the agreement in force. It is laid over columns that are built already, because
 * who is in which team changes with the agreement and never with a lead: nothing that is kept of a lead has to be made again.
 */
import type { Columns } from './columns';

/**
 * The columns with `texts.team`: ids of the teams; `null` where nobody owns the lead, or the owner is in no team.
 * @param teamOf team of a person, by a name as the CRM shows it.
 */
export function withTeams(columns: Columns, teamOf: (name: string) => string | null): Columns {
  const { rep } = columns.texts;
  const values: (string | null)[] = [null];
  const codeOfRep = Uint32Array.from(rep.values, (person, code) => {
    // A person of whom the CRM shows no name is known by the id that stands in its place.
    const names = [columns.repNames[code], person].filter((name) => typeof name === 'string');
    const team = names.map(teamOf).find((id) => id !== null) ?? null;
    const known = values.indexOf(team);
    return known === -1 ? values.push(team) - 1 : known;
  });
  const codes = new Uint32Array(columns.size);
  for (let row = 0; row < codes.length; row++) codes[row] = codeOfRep[rep.codes[row]!]!;
  return { ...columns, texts: { ...columns.texts, team: { codes, values } } };
}
