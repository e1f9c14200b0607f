import { MailButton, MailLink, MailNote, MailStrong, MailText, SheetMail } from "./sheet-mail";

export interface SignInMailProps {
  url: string;
  /** The host of this installation, as people know it. */
  host: string;
  minutes: number;
}

/** The mail with a link to sign in. Says nothing of who asked but that somebody did. */
export function SignInMail({ url, host, minutes }: SignInMailProps) {
  return (
    <SheetMail
      title="Sign in to Perch"
      preview={`Your sign-in link for ${host}. It works once, for ${minutes} minutes.`}
      footer={
        <>
          <MailNote>
            If the button does not open, copy this address:
            <br />
            <MailLink href={url} />
          </MailNote>
          <MailNote last>
            You did not ask for this? Then somebody typed your address by mistake. Nothing happens unless the
            button is pressed; never give a sign-in code to anybody. Sent by Perch at {host}.
          </MailNote>
        </>
      }
    >
      <MailText>
        Somebody, hopefully you, asked to sign in at <MailStrong>{host}</MailStrong>. Press the button in the
        browser where you asked. In another browser you will be asked for the code that the first one shows.
      </MailText>
      <MailButton href={url}>Sign in to Perch</MailButton>
      <MailNote last>
        The link works once, for {minutes} minutes. Opening it does nothing by itself: you confirm on the
        page.
      </MailNote>
    </SheetMail>
  );
}

export function signInText({ url, host, minutes }: SignInMailProps): string {
  return `Sign in to Perch

Somebody, hopefully you, asked to sign in at ${host}. Open this address in the
browser where you asked:

${url}

It works once, for ${minutes} minutes. In another browser you will be asked for the
code that the first one shows.

You did not ask for this? Then somebody typed your address by mistake. Nothing
happens unless you confirm on the page; never give a sign-in code to anybody.

Sent by Perch at ${host}.
`;
}
