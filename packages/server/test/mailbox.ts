import { SMTPServer } from 'smtp-server';
import { type Mail, openMail } from '../src/mail.ts';

/** A mail server on loopback: what it took, and what it answers to the next recipients. */
export type Mailbox = {
  /** Sends to it, under the address of an installation. */
  readonly mail: Mail;
  readonly taken: string[];
  refuse: number | null;
  close(): Promise<void>;
};

export async function openMailbox(): Promise<Mailbox> {
  const taken: string[] = [];
  const state: { refuse: number | null } = { refuse: null };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => {
      if (state.refuse === null) done();
      else done(Object.assign(new Error('No such mailbox'), { responseCode: state.refuse }));
    },
    onData: (stream, _session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        taken.push(Buffer.concat(parts).toString('utf8'));
        done();
      });
    },
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', () => ready());
  });
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const mail = openMail({
    url: `smtp://127.0.0.1:${port}`,
    from: 'AIMS <no-reply@aims.example.org>',
    address: () => 'https://aims.example.org',
  });
  return Object.assign(state, {
    mail,
    taken,
    close: () => new Promise<void>((ended) => server.close(() => ended())),
  });
}

/** A message in its own words: lines that were folded for the way are whole again (RFC 2045 §6.7). */
export const plainMail = (mail: string | undefined): string =>
  (mail ?? '')
    .replaceAll('=\r\n', '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The link to a page of this installation that a message carries; nothing where there is none. */
export const linkOf = (mail: string | undefined, path: string): string =>
  new RegExp(`https://\\S+${path}#token=[\\w-]+`).exec(plainMail(mail))?.[0] ?? '';
