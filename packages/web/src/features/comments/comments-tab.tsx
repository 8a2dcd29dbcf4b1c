import { useQuery, useQueryClient } from '@tanstack/react-query';
import { partsOf } from '@throughline/domain/mentions.ts';
import type { KindWire, ListWire, RecordWire } from '@throughline/domain/wire.ts';
import type { CommentWire } from '@throughline/domain/wire-around.ts';
import { Fragment, type ReactNode, useId, useState } from 'react';
import { del, get, newIdempotencyKey, patch, post } from '../../api/client.ts';
import { useMembers } from '../../api/members.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { partLabel } from '../../kinds/parts.ts';
import { roleName } from '../../kinds/roles.ts';
import { t } from '../../text/t.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/date-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { announce } from '../../ui/live-region.tsx';
import { ErrorLine, type Trouble } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './comments.module.css';
import { MentionField } from './mention-field.tsx';
import { stored, type Target, targetsOf, written } from './mention-words.ts';

type CommentsTabProps = {
  kind: KindWire;
  record: RecordWire;
  /** The field that a comment is begun about. */
  about?: string | undefined;
};

/** Longest comment the server keeps. */
const most = 5000;

const wholeRecord = 'record';

type WriterProps = {
  first?: string;
  targets: readonly Target[];
  label: string;
  autoFocus?: boolean;
  send: string;
  onSend: (text: string) => Promise<void>;
  onCancel?: () => void;
  children?: ReactNode;
};

/** A box for words: Ctrl Enter sends; what was refused stays for a second try. */
const Writer = (props: WriterProps) => {
  const { first = '', targets, label, send, autoFocus = false, onSend, onCancel, children } = props;
  const [text, setText] = useState(first);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Trouble | null>(null);
  const id = useId();
  const submit = async (): Promise<void> => {
    if (text.trim() === '') {
      setMissing(true);
      document.getElementById(id)?.focus();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await onSend(stored(text.trim(), targets));
      setText('');
      setMissing(false);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  return (
    <form
      className={css.writer}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
      }}
    >
      <MentionField
        id={id}
        targets={targets}
        autoFocus={autoFocus}
        label={label}
        value={text}
        maxLength={most}
        error={missing && text.trim() === '' ? t('comments.needed') : undefined}
        onChange={setText}
      />
      {children}
      {problem === null ? null : <ErrorLine problem={problem} />}
      <span className={css.buttons}>
        <Button type="submit" size="form" busy={busy}>
          {send}
        </Button>
        {onCancel === undefined ? null : (
          <Button size="form" look="ghost" onClick={onCancel}>
            {t('comments.cancel')}
          </Button>
        )}
      </span>
    </form>
  );
};

/** A comment's words, with whom it calls by name. */
const Words = ({ comment }: { comment: CommentWire }) => {
  let at = 0;
  return (
    <p className={css.text}>
      {partsOf(comment.text).map((part) => {
        at += 1;
        if (typeof part === 'string') return <Fragment key={at}>{part}</Fragment>;
        const name = comment.mentions.find((one) => one.id === part.id)?.name ?? part.id;
        return (
          <span key={at} className={css.mention}>
            @{roleName(name)}
          </span>
        );
      })}
    </p>
  );
};

type CommentProps = {
  targets: readonly Target[];
  comment: CommentWire;
  kind: KindWire;
  onChanged: () => Promise<void>;
};

const Comment = ({ targets, comment, kind, onChanged }: CommentProps) => {
  const [editing, setEditing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const [problem, setProblem] = useState<Trouble | null>(null);
  const path = `/api/v1/comments/${comment.id}`;
  const who = comment.byName ?? t('record.fact.someone');
  const mentioned = Object.fromEntries(comment.mentions.map(({ id, name }) => [id, roleName(name)]));
  const save = async (text: string): Promise<void> => {
    await patch(path, { text });
    setEditing(false);
    await onChanged();
  };
  const see = async (): Promise<void> => {
    try {
      await post(`${path}/seen`, undefined, { idempotencyKey: newIdempotencyKey() });
      announce(t('comments.seen-done'));
      await onChanged();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const remove = async (): Promise<void> => {
    try {
      await del(path);
      announce(t('comments.deleted'));
      setRemoving(false);
      await onChanged();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <li className={css.comment}>
      <Avatar name={who} />
      <div className={css.said}>
        <span className={css.head}>
          <b>{who}</b>
          <span className={css.quiet}>
            <RelativeTime at={comment.at} />
            {comment.editedAt === null ? '' : ` · ${t('comments.edited')}`}
            {comment.field === null ? '' : ` · ${partLabel(kind, comment.field)}`}
          </span>
        </span>
        {comment.removed ? (
          <p className={css.quiet}>{t('comments.removed')}</p>
        ) : editing ? (
          <Writer
            first={written(comment.text, mentioned)}
            targets={targets}
            autoFocus
            label={t('comments.write')}
            send={t('comments.save')}
            onSend={save}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <Words comment={comment} />
        )}
        {comment.asksYou ? (
          <span className={css.asks}>
            {t('comments.asks-you')} <Button onClick={() => void see()}>{t('comments.seen')}</Button>
          </span>
        ) : null}
        {!comment.yours || comment.removed || editing ? null : (
          <span className={css.buttons}>
            <Button look="ghost" onClick={() => setEditing(true)}>
              {t('comments.edit')}
            </Button>
            <Button look="ghost" onClick={() => setRemoving(true)}>
              {t('comments.remove')}
            </Button>
          </span>
        )}
      </div>
      <Dialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title={t('comments.remove-title')}
        actions={
          <>
            <Button size="form" look="danger" onClick={() => void remove()}>
              {t('comments.remove')}
            </Button>
            <Button size="form" onClick={() => setRemoving(false)}>
              {t('comments.keep')}
            </Button>
          </>
        }
      >
        <p>{t('comments.remove-text')}</p>
        {problem === null ? null : <ErrorLine problem={problem} />}
      </Dialog>
    </li>
  );
};

/** What people say about a record or one of its fields; kept beside the record, never mixed with its history. */
export const CommentsTab = ({ kind, record, about: begun }: CommentsTabProps) => {
  const client = useQueryClient();
  const [about, setAbout] = useState<string>(begun ?? wholeRecord);
  const targets = targetsOf(useMembers());
  const path = `/api/v1/${kind.collection}/${record.ref}/comments`;
  const key = ['comments', record.ref];
  const comments = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await get<ListWire<CommentWire>>(path, { signal })).items,
  });
  const refresh = async (): Promise<void> => {
    await client.invalidateQueries({
      predicate: ({ queryKey }) => ['comments', 'around', 'home'].includes(String(queryKey[0])),
    });
  };
  const add = async (text: string): Promise<void> => {
    const field = about === wholeRecord ? {} : { field: about };
    await post(path, { text, ...field }, { idempotencyKey: newIdempotencyKey() });
    announce(t('comments.added'));
    setAbout(wholeRecord);
    await refresh();
  };
  if (comments.error !== null && comments.data === undefined)
    return <ErrorLine problem={problemOf(comments.error)} onRetry={() => void comments.refetch()} />;
  if (comments.data === undefined) return <Skeleton height={24} lines={4} />;
  const may = record.abilities.comment;
  return (
    <div className={css.comments}>
      {comments.data.length === 0 ? (
        <p className={css.lead}>{t('comments.none')}</p>
      ) : (
        <ol className={css.list}>
          {comments.data.map((comment) => (
            <Comment key={comment.id} targets={targets} comment={comment} kind={kind} onChanged={refresh} />
          ))}
        </ol>
      )}
      {may !== undefined && !may.allowed ? (
        <p className={css.quiet}>{may.reason}</p>
      ) : (
        <Writer
          targets={targets}
          label={t('comments.write')}
          send={t('comments.send')}
          autoFocus={begun !== undefined}
          onSend={add}
        >
          <ChoiceField
            label={t('comments.about')}
            value={about}
            onChange={(part) => setAbout(part ?? wholeRecord)}
            options={[
              { value: wholeRecord, label: t('comments.about.record') },
              ...Object.entries(kind.fields).map(([name, field]) => ({ value: name, label: field.label })),
            ]}
          />
        </Writer>
      )}
    </div>
  );
};
