"use client";

import { TextLink } from "@/components/ui/link";
import { paths } from "@/lib/paths";
import { emailFieldId } from "./sign-in-form";

const accounts = [
  { email: "admin@acme.test", what: "runs Acme Inc., payroll connected" },
  { email: "admin@globex.test", what: "runs Globex, nothing connected yet" },
  { email: "payroll@acme.test", what: "payroll manager at Acme" },
  { email: "viewer@acme.test", what: "HR viewer at Acme, without pay" },
  { email: "employee@acme.test", what: "works at Acme" },
  { email: "peo@perch.test", what: "two employers, two roles" },
  { email: "staff@perch.test", what: "staff admin" },
  { email: "support@perch.test", what: "staff support" },
];

function fill(email: string) {
  const field = document.getElementById(emailFieldId);
  if (!(field instanceof HTMLInputElement)) return;
  field.value = email;
  field.focus();
}

/** On a local copy with demo data: who there is to sign in as. */
export function DemoAccounts() {
  return (
    <details className="mt-5 border-t border-line pt-4 text-sm">
      <summary className="cursor-pointer rounded-sm py-0.5 font-medium select-none">Demo accounts</summary>
      <p className="mt-1.5 text-xs leading-normal text-muted">
        Only on this local copy. Pick one, send the link, and read its mail in the{" "}
        <TextLink href={paths.devMailbox()}>local mailbox</TextLink>. Where a second factor is asked for, its
        codes are in the <TextLink href={paths.devAuthenticator()}>local authenticator</TextLink>.
      </p>
      <ul className="mt-2 grid">
        {accounts.map(({ email, what }) => (
          <li key={email} className="border-t border-line first:border-0">
            <button
              type="button"
              onClick={() => fill(email)}
              className="w-full rounded-sm px-1 py-1.5 text-left hover:bg-surface-hover"
            >
              <span className="block text-accent">{email}</span>
              <span className="block text-xs text-muted">{what}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
