import { MailButton, MailNote, MailStrong, MailText, SheetMail } from "./sheet-mail";

export interface OperatorAlertMailProps {
  title: string;
  what: string;
  means: string;
  todo: string;
  action: { label: string; url: string };
  host: string;
}

/** Tells staff administrators of something that only they can look after. */
export function OperatorAlertMail({ title, what, means, todo, action, host }: OperatorAlertMailProps) {
  return (
    <SheetMail
      title={title}
      preview={what}
      footer={
        <MailNote last>
          The staff administrators of this installation get this mail. Sent by Perch at {host}.
        </MailNote>
      }
    >
      <MailText>
        <MailStrong>{what}</MailStrong>
      </MailText>
      <MailText>{means}</MailText>
      <MailText>{todo}</MailText>
      <MailButton href={action.url}>{action.label}</MailButton>
    </SheetMail>
  );
}

export function operatorAlertText({
  title,
  what,
  means,
  todo,
  action,
  host,
}: OperatorAlertMailProps): string {
  return `${title}

${what}

${means}

${todo}

${action.url}

Sent by Perch at ${host}.
`;
}
