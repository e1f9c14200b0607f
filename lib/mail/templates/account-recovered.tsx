import { MailButton, MailNote, MailStrong, MailText, SheetMail } from "./sheet-mail";
import { stopAfter } from "./stop-after";

export interface AccountRecoveredMailProps {
  place: string;
  actor: string | null;
  /** Whose second factors went. */
  subject: string;
  /** The person concerned, or an administrator who should know. */
  to: "person" | "admin";
  /** When it was, as people read it. */
  when: string;
  host: string;
  signInUrl: string;
}

const by = ({ actor }: AccountRecoveredMailProps) => actor ?? "Whoever runs this installation of Perch";

const alarm = {
  person:
    "You did not ask for this? Then somebody may be trying to get into your account: tell an administrator at once, and do not sign in through links that you did not ask for.",
  admin:
    "Nobody asked for this? Then speak to that person by phone before they sign in, and look at the audit of the team.",
};

/** Tells the person, and every administrator, that second factors were removed. */
export function AccountRecoveredMail(props: AccountRecoveredMailProps) {
  const { place, subject, to, when, host, signInUrl } = props;
  const own = to === "person";
  return (
    <SheetMail
      title={own ? "Your second factors were removed" : `Second factors of ${subject} were removed`}
      preview={`${by(props)} recovered ${own ? "your account" : `the account of ${subject}`} on ${when}.`}
      footer={
        <MailNote last>
          {alarm[to]} Sent by Perch at {host}.
        </MailNote>
      }
    >
      <MailText>
        {by(props)} recovered {own ? "your account" : "the account of "}
        {own ? null : <MailStrong>{subject}</MailStrong>} on {when}
        {own ? "" : `, at ${place}`}
        {stopAfter(own ? "" : place)} All passkeys, authenticators and recovery codes were removed, and all
        sessions ended.
      </MailText>
      {own ? (
        <>
          <MailText>
            Sign in by mail, and set up a new passkey or authenticator within 10 minutes of signing in: the
            first step that asks for one offers it.
          </MailText>
          <MailButton href={signInUrl}>Sign in to Perch</MailButton>
        </>
      ) : null}
    </SheetMail>
  );
}

export function accountRecoveredText(props: AccountRecoveredMailProps): string {
  const { place, subject, to, when, host, signInUrl } = props;
  const own = to === "person";
  return `${own ? "Your second factors were removed" : `Second factors of ${subject} were removed`}

${by(props)} recovered ${own ? "your account" : `the account of ${subject}`} on ${when}${own ? "" : `, at ${place}`}${stopAfter(own ? "" : place)}
All passkeys, authenticators and recovery codes were removed, and all sessions
ended.
${
  own
    ? `
Sign in by mail, and set up a new passkey or authenticator within 10 minutes of
signing in: the first step that asks for one offers it.

${signInUrl}
`
    : ""
}
${alarm[to]}

Sent by Perch at ${host}.
`;
}
