/** Who works together, for the report: a team's name, and its people as the CRM shows them. */
import { fieldsOf, listOf } from '../../../lib/agreement/editing';
import { plural, t } from '../../../lib/platform/i18n';
import { CardList } from '../card-list';
import { draftWords, Lines, WordsField } from '../fields/words-field';
import { Section } from './section';

export function Teams() {
  return (
    <Section title={t('agreement_teams')} about={t('agreement_teams_about')}>
      <CardList
        path={['management', 'definitions', 'teams']}
        addLabel={t('agreement_team_add')}
        empty={t('agreement_teams_none')}
        fresh={(free) => ({ id: free('team'), label: t('agreement_team_new'), members: [] })}
        summary={(item) => {
          const { label, members } = fieldsOf(item);
          return {
            name: draftWords(label) || t('agreement_team'),
            about: plural('agreement_team_members', listOf(members).length),
          };
        }}
      >
        {() => (
          <>
            <WordsField name="label" label={t('agreement_team_name')} max={80} />
            <Lines name="members" label={t('agreement_members')} hint={t('agreement_members_hint')} />
          </>
        )}
      </CardList>
    </Section>
  );
}
