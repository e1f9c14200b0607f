import { render } from "@react-email/render";
import { formatInstant } from "@/lib/format/dates";
import type { RenderedMail } from "./render-mail";
import {
  AccountRecoveredMail,
  accountRecoveredText,
  type AccountRecoveredMailProps,
} from "./templates/account-recovered";
import { RoleGrantedMail, roleGrantedText, type RoleChangeMailProps } from "./templates/role-granted";
import { RoleRemovedMail, roleRemovedText } from "./templates/role-removed";
import {
  StaffGaveRoleMail,
  staffGaveRoleText,
  type StaffGaveRoleMailProps,
} from "./templates/staff-gave-role";

export async function renderRoleGrantedMail(props: RoleChangeMailProps): Promise<RenderedMail> {
  return {
    subject: `You have access to ${props.place}`,
    html: await render(<RoleGrantedMail {...props} />),
    text: roleGrantedText(props),
  };
}

export async function renderRoleRemovedMail(props: RoleChangeMailProps): Promise<RenderedMail> {
  return {
    subject: `Your role at ${props.place} ended`,
    html: await render(<RoleRemovedMail {...props} />),
    text: roleRemovedText(props),
  };
}

export async function renderStaffGaveRoleMail(props: StaffGaveRoleMailProps): Promise<RenderedMail> {
  return {
    subject: `Perch staff gave somebody a role at ${props.place}`,
    html: await render(<StaffGaveRoleMail {...props} />),
    text: staffGaveRoleText(props),
  };
}

/** To the person, or to an administrator. `at` is told in UTC: a mail does not know where it is read. */
export async function renderAccountRecoveredMail({
  at,
  ...rest
}: Omit<AccountRecoveredMailProps, "when"> & { at: Date }): Promise<RenderedMail> {
  const props = { ...rest, when: formatInstant(at, "UTC", { showZone: true }) };
  return {
    subject:
      props.to === "person"
        ? "Your second factors were removed"
        : `Second factors of ${props.subject} were removed`,
    html: await render(<AccountRecoveredMail {...props} />),
    text: accountRecoveredText(props),
  };
}
