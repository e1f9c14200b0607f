"use client";

import { useId, useState, type FormEvent } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionError } from "@/lib/client/action-result";
import type { GivableRoleView, MemberView, TeamView } from "@/lib/domain/team/list-members";
import type { TeamPersonView } from "@/lib/domain/team/search-team-people";
import { Choice } from "./choice";
import { memberName } from "./member-words";
import { RoleReach } from "./role-reach";
import type { TeamActions } from "./team-actions";

export interface GiveRoleDialogProps {
  customerId: string;
  manage: NonNullable<TeamView["manage"]>;
  /** Somebody who is in the team already; null for a new address. */
  member: MemberView | null;
  grantRole: TeamActions["grantRole"];
  onClose: () => void;
  /** `granted` is false where the person held the role already, `invited` true where they have to accept it. */
  onDone: (who: string, role: string, result: { granted: boolean; invited: boolean }) => void;
}

/** A role for somebody: who, which one with what it may do, and for which connections. */
export function GiveRoleDialog(props: GiveRoleDialogProps) {
  const { member, onClose } = props;
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={member ? `Give ${memberName(member)} another role` : "Give somebody a role"}
        description={
          member
            ? "Several roles at one employer add up. The person is told by mail."
            : "The person gets a mail with a link to sign in. There is no password."
        }
      >
        <GiveRoleForm {...props} />
      </DialogContent>
    </Dialog>
  );
}

const unreachable: ActionError = {
  code: "UNREACHABLE",
  message: "Perch did not answer, so nothing was changed. Check your network and try again.",
};

interface Typed {
  email: string | null;
  role: GivableRoleView | null;
  person: TeamPersonView | null;
}

/** What is missing, by field; the server has the last word on the rest. */
function problemsOf({ email, role, person }: Typed): Record<string, string> {
  return {
    ...(email === null || /^\S+@\S+\.\S+$/.test(email.trim())
      ? {}
      : { email: "Enter an address such as name@company.com." }),
    ...(role ? {} : { role: "Choose a role." }),
    ...(role?.reach === "employee" && !person ? { individualId: "Choose the person in the directory." } : {}),
  };
}

const controls: [field: string, selector: string][] = [
  ["email", "input[name=email]"],
  ["role", "input[type=radio]"],
  ["individualId", "input[type=search]"],
];

function focusFirst(form: HTMLFormElement, problems: Record<string, string>): void {
  const first = controls.find(([field]) => problems[field] !== undefined);
  if (first) form.querySelector<HTMLElement>(first[1])?.focus();
}

function GiveRoleForm({ customerId, manage, member, grantRole, onDone }: GiveRoleDialogProps) {
  const rolesId = useId();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [roleName, setRoleName] = useState("");
  const [connectionId, setConnectionId] = useState<string | null>(null);
  const [person, setPerson] = useState<TeamPersonView | null>(null);
  const [tried, setTried] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ActionError | null>(null);
  const role = manage.roles.find((each) => each.name === roleName) ?? null;
  const problems = problemsOf({ email: member ? null : email, role, person });
  const errorOf = (field: string) =>
    (tried ? problems[field] : undefined) ?? (error?.field === field ? error.message : null);
  const isShownAtField =
    error?.field !== undefined &&
    ["email", "name", "role", "connectionId", "individualId"].includes(error.field);

  function chooseRole(next: string) {
    setRoleName(next);
    setError(null);
    const reach = manage.roles.find((each) => each.name === next)?.reach;
    // A person is in one connection; a limit that was chosen for another kind of role must not stay unnoticed.
    if (reach === "employee" || (reach === "connections" && !manage.everywhere))
      setConnectionId((before) => before ?? manage.connections[0]?.id ?? null);
    else if (reach !== role?.reach) setConnectionId(null);
    if (reach !== "employee") setPerson(null);
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    setTried(true);
    if (!role || Object.keys(problems).length > 0) return focusFirst(event.currentTarget, problems);
    setPending(true);
    setError(null);
    const to = member?.email ?? email.trim();
    const result = await grantRole({
      customerId,
      email: to,
      name: member ? null : name.trim() || null,
      role: role.name,
      connectionId: role.reach === "employer" ? null : connectionId,
      individualId: role.reach === "employee" ? (person?.id ?? null) : null,
    }).catch(() => ({ ok: false as const, error: unreachable }));
    setPending(false);
    if (result.ok) onDone(member ? memberName(member) : to, role.label, result.data);
    else setError(result.error);
  }

  return (
    <form onSubmit={submit} className="grid gap-4" noValidate>
      {member ? null : (
        <>
          <Field label="Mail address" error={errorOf("email")}>
            <Input
              type="email"
              name="email"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              data-autofocus=""
              required
            />
          </Field>
          <Field
            label="Name"
            optional
            hint="Shown to the team. Somebody who has an account keeps their own name."
            error={errorOf("name")}
          >
            <Input
              name="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
              autoComplete="off"
              maxLength={100}
            />
          </Field>
        </>
      )}
      <fieldset className="min-w-0" aria-describedby={errorOf("role") ? `${rolesId}-error` : undefined}>
        <legend className="mb-[5px] text-sm font-medium">Role</legend>
        <div className="grid gap-1.5">
          {manage.roles.map((each) => (
            <Choice
              key={each.name}
              name={rolesId}
              value={each.name}
              label={each.label}
              hint={each.summary}
              checked={each.name === roleName}
              onChange={() => chooseRole(each.name)}
            />
          ))}
        </div>
        {errorOf("role") ? <FieldError id={`${rolesId}-error`}>{errorOf("role")}</FieldError> : null}
      </fieldset>
      {role ? (
        <RoleReach
          customerId={customerId}
          manage={manage}
          role={role}
          connectionId={connectionId}
          person={person}
          errorOf={errorOf}
          onConnection={(id) => {
            setConnectionId(id);
            setPerson(null);
          }}
          onPerson={setPerson}
        />
      ) : null}
      {error && !isShownAtField ? (
        <Banner tone="attention" role="alert" headingLevel={3} title="No role was given" stacked>
          {error.message}
        </Banner>
      ) : null}
      <div className="sticky -bottom-4 -mx-5 -mb-4 flex justify-end gap-2 border-t border-line bg-surface-raised px-5 py-3">
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button
          type="submit"
          variant="primary"
          pending={pending}
          pendingLabel={role?.reach === "employee" ? "Inviting" : "Giving"}
        >
          {role?.reach === "employee" ? "Send invitation" : "Give role"}
        </Button>
      </div>
    </form>
  );
}
