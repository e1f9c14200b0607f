import { render } from "@react-email/render";
import type { RenderedMail } from "./render-mail";
import { InvitationMail, invitationText, type InvitationMailProps } from "./templates/invitation";
import {
  InvitationAcceptedMail,
  invitationAcceptedText,
  type InvitationAcceptedMailProps,
} from "./templates/invitation-accepted";

/** To the invited address. */
export async function renderInvitationMail(props: InvitationMailProps): Promise<RenderedMail> {
  return {
    subject: `${props.employer} invites you to your own payroll pages`,
    html: await render(<InvitationMail {...props} />),
    text: invitationText(props),
  };
}

/** To whoever invited. */
export async function renderInvitationAcceptedMail(
  props: InvitationAcceptedMailProps,
): Promise<RenderedMail> {
  return {
    subject: `Your invitation for ${props.person} was accepted`,
    html: await render(<InvitationAcceptedMail {...props} />),
    text: invitationAcceptedText(props),
  };
}
