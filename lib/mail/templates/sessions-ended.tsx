import { MailButton, MailNote, MailStrong, MailText, SheetMail } from "./sheet-mail";

export interface SessionsEndedMailProps {
  /** "2 other sessions". */
  sessions: string;
  /** The browser that ended them. */
  browser: string;
  os: string;
  when: string;
  host: string;
  accountUrl: string;
}

/** Tells somebody that all their other browsers were signed out. */
export function SessionsEndedMail(props: SessionsEndedMailProps) {
  const { sessions, browser, os, when, host, accountUrl } = props;
  return (
    <SheetMail
      title="Your other sessions were ended"
      preview={`${browser} on ${os} ended ${sessions} of your account on ${when}.`}
      footer={<MailNote last>Sent by Perch at {host}.</MailNote>}
    >
      <MailText>
        On {when}, somebody signed in as you with{" "}
        <MailStrong>
          {browser} on {os}
        </MailStrong>{" "}
        ended {sessions} of your account at {host}. Those browsers have to sign in again.
      </MailText>
      <MailText>
        If that was you, there is nothing to do. If it was not, sign in and end that session in turn, then
        tell an administrator at once.
      </MailText>
      <MailButton href={accountUrl}>See where you are signed in</MailButton>
    </SheetMail>
  );
}

export function sessionsEndedText(props: SessionsEndedMailProps): string {
  const { sessions, browser, os, when, host, accountUrl } = props;
  return `Your other sessions were ended

On ${when}, somebody signed in as you with ${browser} on ${os}
ended ${sessions} of your account at ${host}. Those browsers have to
sign in again.

If that was you, there is nothing to do. If it was not, sign in and end that session
in turn, then tell an administrator at once.

${accountUrl}

Sent by Perch at ${host}.
`;
}
