import { createTransport } from 'nodemailer';

/** One message to one person, in plain words. */
export type Message = { readonly to: string; readonly subject: string; readonly text: string };

export type Mail = {
  /** An address of this installation, from its configuration and never from what a request says. */
  link(path: string): string;
  /** Hands a message to the mail server. Throws `MailRefused` with words for an administrator. */
  send(message: Message): Promise<void>;
};

/** Why a message did not leave. `final`: the mail server will never take it, so trying again is useless. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
  readonly final: boolean;
  constructor(message: string, final: boolean, cause: unknown) {
    super(message, { cause });
    this.final = final;
  }
}

const patienceMs = 20_000;

/** Sends by the server that an SMTP address names (`smtp://` or `smtps://`, with user and password where it asks for them). */
export function openMail(options: { url: string; from: string; address: () => string }): Mail {
  const transport = createTransport({
    url: options.url,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    // A message is words alone: nothing in it is read from a file or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    link: (path) => `${options.address()}${path}`,
    send: async (message) => {
      try {
        await transport.sendMail({ ...message, from: options.from });
      } catch (error) {
        throw refusal(error);
      }
    },
  };
}

/** RFC 5321 4.2.1: a reply from 500 on is final; what is no reply, or a lower one, may go well later. */
function refusal(error: unknown): MailRefused {
  const code = error instanceof Error && 'responseCode' in error ? error.responseCode : undefined;
  const final = typeof code === 'number' && code >= 500;
  const said = error instanceof Error ? error.message.split('\n')[0]?.slice(0, 300) : 'no reason given';
  return new MailRefused(
    final ? `The mail server refused the message: ${said}` : `The mail server was not reached: ${said}`,
    final,
    error,
  );
}
