/** What the security page and the step-up dialog get to see: names and times, no key, no secret. */

export type FactorKind = "passkey" | "totp";

export interface FactorView {
  kind: FactorKind;
  id: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  /** A passkey that its provider copies to the person's other devices. */
  synced: boolean;
}

export interface SecurityView {
  factors: FactorView[];
  /** Null where no set was made yet. */
  recoveryCodes: { left: number; total: number; createdAt: Date } | null;
  /** A first factor can be set up right now. */
  mayEnroll: boolean;
}

/** The ways in which this person can show that it is them. */
export interface StepUpOptionsView {
  passkeys: number;
  totp: number;
  recoveryCodes: number;
  /** The session began at the identity provider, which can ask again. */
  oidc: boolean;
  /** No factor yet: one can be set up now; false asks for signing in again. */
  mayEnroll: boolean;
  /** A local copy with demo accounts shows their codes. */
  demoCodes: boolean;
}

/** A factor was added. The codes are shown once, with the first factor. */
export interface EnrolledView {
  factor: FactorView;
  recoveryCodes: string[] | null;
}

export interface DemoCodeView {
  email: string;
  code: string;
  /** The one after it, for somebody who used this one up. */
  nextCode: string;
}
