import { MailButton, MailNote, MailStrong, MailText, SheetMail } from "./sheet-mail";

export interface SignInAlertMailProps {
  browser: string;
  os: string;
  ip: string | null;
  /** "by a mailed link". */
  how: string;
  /** When it was, as people read it. */
  when: string;
  host: string;
  accountUrl: string;
}

const from = ({ ip }: SignInAlertMailProps) => (ip ? `, from the network address ${ip}` : "");

/** Tells somebody that their account was used in a browser that it was never used in. */
export function SignInAlertMail(props: SignInAlertMailProps) {
  const { browser, os, how, when, host, accountUrl } = props;
  return (
    <SheetMail
      title="New sign-in to Perch"
      preview={`${browser} on ${os}, ${when}. If that was you, there is nothing to do.`}
      footer={
        <MailNote last>
          Perch sends this whenever an account is used in a browser that it does not know yet, also after that
          browser&rsquo;s cookies were deleted. Sent by Perch at {host}.
        </MailNote>
      }
    >
      <MailText>
        Your account at <MailStrong>{host}</MailStrong> was signed in to {how} with{" "}
        <MailStrong>
          {browser} on {os}
        </MailStrong>
        , on {when}
        {from(props)}.
      </MailText>
      <MailText>
        If that was you, there is nothing to do. If it was not, end that session now, then tell an
        administrator: somebody can read your mail or has your device.
      </MailText>
      <MailButton href={accountUrl}>See where you are signed in</MailButton>
    </SheetMail>
  );
}

export function signInAlertText(props: SignInAlertMailProps): string {
  const { browser, os, how, when, host, accountUrl } = props;
  return `New sign-in to Perch

Your account at ${host} was signed in to ${how} with ${browser} on ${os},
on ${when}${from(props)}.

If that was you, there is nothing to do. If it was not, end that session now, then
tell an administrator: somebody can read your mail or has your device.

${accountUrl}

Perch sends this whenever an account is used in a browser that it does not know
yet, also after that browser's cookies were deleted. Sent by Perch at ${host}.
`;
}
