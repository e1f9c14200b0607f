import { MailButton, MailLink, MailNote, MailStrong, MailText, SheetMail } from "./sheet-mail";
import { stopAfter } from "./stop-after";

export interface RoleChangeMailProps {
  /** The employer; "Perch" for a role on the platform. */
  place: string;
  /** Who did it; null for whoever runs the installation. */
  actor: string | null;
  role: string;
  host: string;
  signInUrl: string;
}

/** Tells somebody of a new role: where, which, and how to begin. */
export function RoleGrantedMail({ place, actor, role, host, signInUrl }: RoleChangeMailProps) {
  return (
    <SheetMail
      title={`You have access to ${place}`}
      preview={`Your role is ${role}. Sign in with this address.`}
      footer={
        <>
          <MailNote>
            If the button does not open, copy this address:
            <br />
            <MailLink href={signInUrl} />
          </MailNote>
          <MailNote last>
            You did not expect this? Nothing happens unless you sign in. Sent by Perch at {host}.
          </MailNote>
        </>
      }
    >
      <MailText>
        {actor ?? "Whoever runs this installation of Perch"} gave you the role <MailStrong>{role}</MailStrong>{" "}
        at <MailStrong>{place}</MailStrong>
        {stopAfter(place)}
      </MailText>
      <MailText>
        Sign in with the address that this mail went to. You get a link by mail each time; there is no
        password.
      </MailText>
      <MailButton href={signInUrl}>Sign in to Perch</MailButton>
    </SheetMail>
  );
}

export function roleGrantedText({ place, actor, role, host, signInUrl }: RoleChangeMailProps): string {
  return `You have access to ${place}

${actor ?? "Whoever runs this installation of Perch"} gave you the role ${role} at ${place}${stopAfter(place)}

Sign in with the address that this mail went to. You get a link by mail each
time; there is no password.

${signInUrl}

You did not expect this? Nothing happens unless you sign in.

Sent by Perch at ${host}.
`;
}
