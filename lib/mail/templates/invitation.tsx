import { MailButton, MailLink, MailNote, MailStrong, MailText, SheetMail } from "./sheet-mail";

export interface InvitationMailProps {
  employer: string;
  inviter: string;
  url: string;
  host: string;
  hours: number;
}

/** Invites somebody to their own pages. Names no person of the directory: the address could be somebody else's. */
export function InvitationMail({ employer, inviter, url, host, hours }: InvitationMailProps) {
  return (
    <SheetMail
      title={`${employer} invites you`}
      preview={`See your own profile and pay. The invitation works once, for ${hours} hours.`}
      footer={
        <>
          <MailNote>
            If the button does not open, copy this address:
            <br />
            <MailLink href={url} />
          </MailNote>
          <MailNote last>
            You do not work there, or did not expect this? Then leave it: nothing happens unless the button on
            that page is pressed. Do not pass this mail on. Sent by Perch at {host}.
          </MailNote>
        </>
      }
    >
      <MailText>
        {inviter} invites you to see what <MailStrong>{employer}</MailStrong> holds about you in its payroll:
        your profile, your pay statements and your totals of the year. Nobody else&apos;s, and nothing can be
        changed there.
      </MailText>
      <MailButton href={url}>See the invitation</MailButton>
      <MailNote last>
        The invitation is for the address that this mail went to. It works once, for {hours} hours. Opening it
        does nothing by itself: you accept on the page, and then sign in with this address.
      </MailNote>
    </SheetMail>
  );
}

export function invitationText({ employer, inviter, url, host, hours }: InvitationMailProps): string {
  return `${employer} invites you

${inviter} invites you to see what ${employer} holds about you in its payroll:
your profile, your pay statements and your totals of the year. Nobody else's,
and nothing can be changed there.

${url}

The invitation is for the address that this mail went to. It works once, for
${hours} hours. Opening it does nothing by itself: you accept on the page, and then
sign in with this address.

You do not work there, or did not expect this? Then leave it: nothing happens
unless the button on that page is pressed. Do not pass this mail on.

Sent by Perch at ${host}.
`;
}
