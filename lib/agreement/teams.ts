/**
 * Who belongs to which team. A CRM shows one person as "Ana Ruiz" here and "ana ruiz " there, so names are compared without
 * case, accents as they are, and with single blanks. Whoever stands in two teams counts in the first; the editor says so.
 */
import type { Issue } from './integrity';
import type { Agreement } from './schema';

export type Team = Agreement['teams'][number];

/** What two writings of one name have in common. */
const memberKey = (name: string): string => name.normalize('NFC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();

/** Who finds the team of a name; `null` for somebody who is in none. */
export function teamFinder(teams: readonly Team[]): (name: string) => string | null {
  const found = new Map<string, string>();
  for (const { id, members } of teams)
    for (const member of members) {
      const key = memberKey(member);
      if (!found.has(key)) found.set(key, id);
    }
  return (name) => found.get(memberKey(name)) ?? null;
}

/** Names that stand twice, in one team or in two: a lead counts in one team only. */
export function memberIssues(teams: readonly Team[], at: readonly (string | number)[]): Issue[] {
  const seen = new Map<string, Team>();
  return teams.flatMap((team, index) =>
    team.members.flatMap((name): Issue[] => {
      const key = memberKey(name);
      const first = seen.get(key);
      seen.set(key, first ?? team);
      if (!first) return [];
      // The list is one field of the editor, so that is where it is said.
      const path = [...at, index, 'members'];
      if (first === team)
        return [
          {
            path,
            code: 'member-twice',
            params: { name },
            message: `"${name}" stands in this team twice: once is enough`,
          },
        ];
      const other = typeof first.label === 'string' ? first.label : first.label.en;
      return [
        {
          path,
          code: 'member-in-two-teams',
          params: { name, team: other },
          message: `"${name}" is in "${other}" already: a lead counts in one team, so name each person in one`,
        },
      ];
    }),
  );
}
