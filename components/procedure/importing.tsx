/** An agreement that comes as a file or a link. It is read and shown first; only a second click makes it the draft. */
import { useEffect, useState } from 'react';
import type { DroppedSignature, ImportReply } from '../../lib/messages/agreements';
import { language, t } from '../../lib/platform/i18n';
import { Action } from '../ui/action';
import { FileDrop } from '../ui/file-drop';
import { Box, Line, Said, Soft, Wrong } from '../ui/part';
import { TextEntry } from '../ui/text-entry';
import { partyWords } from '../words';
import { versionName } from './agreed-words';
import { Issues } from './refused';
import type { ProcedureServices } from './services';

export interface ImportingProps {
  readonly isLocked: boolean;
  readonly services: ProcedureServices;
  readonly onKept: () => void;
}

/** Characters that are read of a file; the worker refuses a longer one by its length. */
const longest = 5_000_001;
const longestLink = 40_000;

type Given =
  | { readonly is: 'nothing' | 'kept' | 'no-answer' | 'unread' }
  | { readonly is: 'read'; readonly text: string; readonly reply: ImportReply };

export function Importing({ isLocked, services, onKept }: ImportingProps) {
  const [given, setGiven] = useState<Given>({ is: 'nothing' });
  const [link, setLink] = useState('');
  const look = (text: string): void =>
    void services.importDocument({ text, keep: false }).then(
      (reply) => setGiven({ is: 'read', text, reply }),
      () => setGiven({ is: 'no-answer' }),
    );
  const keep = async (text: string): Promise<void> => {
    const reply = await services.importDocument({ text, keep: true });
    setGiven(reply.ok ? { is: 'kept' } : { is: 'read', text, reply });
    onKept();
  };
  useEffect(() => {
    const linked = services.givenLink();
    if (linked !== null) look(linked);
    // oxlint-disable-next-line react/exhaustive-deps -- the address is read once, when the page opens
  }, [services]);

  if (isLocked) return null;
  return (
    <>
      <FileDrop
        label={t('procedure_import')}
        hint={t('procedure_import_hint')}
        accept=".json,application/json"
        onFile={(file) => {
          setGiven({ is: 'nothing' });
          file
            .slice(0, longest)
            .text()
            .then(look, () => setGiven({ is: 'unread' }));
        }}
      />
      <Line>
        <TextEntry label={t('procedure_import_link')} value={link} onChange={setLink} maxLength={longestLink} />
        <Action kind="quiet" busy={link.trim() === ''} onAction={() => look(link.trim())}>
          {t('procedure_import_read')}
        </Action>
      </Line>
      {given.is === 'unread' && <Wrong>{t('procedure_import_unread')}</Wrong>}
      {given.is === 'no-answer' && <Wrong>{t('procedure_refused_no_answer')}</Wrong>}
      <Said>{given.is === 'kept' && t('procedure_import_kept')}</Said>
      {given.is === 'read' && (
        <Read
          reply={given.reply}
          onKeep={() => void keep(given.text).catch(() => setGiven({ is: 'no-answer' }))}
          onLeave={() => setGiven({ is: 'nothing' })}
        />
      )}
    </>
  );
}

interface ReadProps {
  readonly reply: ImportReply;
  readonly onKeep: () => void;
  readonly onLeave: () => void;
}

function Read({ reply, onKeep, onLeave }: ReadProps) {
  if (!reply.ok) {
    const schema = reply.code === 'newer' ? new Intl.NumberFormat(language()).format(reply.schema) : '';
    return (
      <Wrong>
        <p>{t(`procedure_import_${reply.code.replaceAll('-', '_')}`, schema)}</p>
        {reply.code === 'unreadable' && <Issues issues={reply.issues} />}
      </Wrong>
    );
  }
  return (
    <Box>
      <p>{t(reply.isSame ? 'procedure_import_same' : 'procedure_import_is', versionName(reply.document))}</p>
      {reply.dropped.length > 0 && (
        <ul>
          {reply.dropped.map((one) => (
            <li key={`${one.party} ${one.by}`}>{droppedWords(one)}</li>
          ))}
        </ul>
      )}
      <Soft>{t('procedure_import_safe')}</Soft>
      <Line>
        <Action onAction={onKeep}>{t(reply.isSame ? 'procedure_import_join' : 'procedure_import_keep')}</Action>
        <Action kind="quiet" onAction={onLeave}>
          {t('procedure_keep')}
        </Action>
      </Line>
    </Box>
  );
}

const droppedWords = ({ by, party, why }: DroppedSignature): string =>
  t(`procedure_dropped_${why.replaceAll('-', '_')}`, by, partyWords(party));
