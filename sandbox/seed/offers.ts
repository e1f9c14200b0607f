import type { Configuration } from "@/sandbox/benefits/records";
import type { Coverage, StandingType } from "@/sandbox/seed/coverage";

export type PlanType =
  | "commuter"
  | "dental"
  | "hsa"
  | "fsa"
  | "life_insurance"
  | "long_term_disability"
  | "medical"
  | "other"
  | "short_term_disability"
  | "vision";

/** A plan that every company offers. Its place among the others is part of enrollment ids. */
export interface Offer {
  key: string;
  name: string;
  type: PlanType;
  network: "epo" | "hdhp" | "hmo" | "other" | "pos" | "ppo" | null;
  carrier: string;
  about: string;
  /** Whether families can be covered too. */
  forFamilies: boolean;
  /** The deduction that pays for it; null where the employer alone pays. */
  paidBy: StandingType | null;
}

const insurance = { forFamilies: false, paidBy: null, network: null } as const;
const account = { forFamilies: false, network: null } as const;

export const offers: readonly Offer[] = [
  {
    key: "medical-ppo",
    name: "Choice PPO 500",
    type: "medical",
    network: "ppo",
    carrier: "Summit Ridge Health",
    about: "Any doctor, with a deductible of $500.",
    forFamilies: true,
    paidBy: "s125_medical",
  },
  {
    key: "medical-hdhp",
    name: "Saver HDHP 3400",
    type: "medical",
    network: "hdhp",
    carrier: "Summit Ridge Health",
    about: "A high deductible, to go with a health savings account.",
    forFamilies: true,
    paidBy: "s125_medical",
  },
  {
    key: "medical-hmo",
    name: "Network HMO",
    type: "medical",
    network: "hmo",
    carrier: "Bayline Care",
    about: "Doctors of the network, referred by one's own.",
    forFamilies: true,
    paidBy: "s125_medical",
  },
  {
    key: "dental",
    name: "Dental Preferred",
    type: "dental",
    network: "ppo",
    carrier: "Clearwater Dental",
    about: "Check-ups in full, crowns by half.",
    forFamilies: true,
    paidBy: "s125_dental",
  },
  {
    key: "vision",
    name: "Vision Basic",
    type: "vision",
    network: "other",
    carrier: "Longsight Vision",
    about: "An examination a year, glasses every second.",
    forFamilies: true,
    paidBy: "s125_vision",
  },
  {
    ...insurance,
    key: "life",
    name: "Basic Life",
    type: "life_insurance",
    carrier: "Cornerstone Mutual",
    about: "One year's pay.",
  },
  {
    ...insurance,
    key: "short-term-disability",
    name: "Short-Term Disability",
    type: "short_term_disability",
    carrier: "Cornerstone Mutual",
    about: "Six tenths of pay for up to 13 weeks.",
  },
  {
    ...insurance,
    key: "long-term-disability",
    name: "Long-Term Disability",
    type: "long_term_disability",
    carrier: "Cornerstone Mutual",
    about: "Half of pay from the 14th week on.",
  },
  {
    ...account,
    key: "hsa",
    name: "Health Savings Account",
    type: "hsa",
    carrier: "Harbor Benefit Trust",
    about: "Beside the high deductible plan only.",
    paidBy: "hsa_pre",
  },
  {
    ...account,
    key: "fsa-medical",
    name: "Medical FSA",
    type: "fsa",
    carrier: "Harbor Benefit Trust",
    about: "Medical expenses before taxes.",
    paidBy: "fsa_medical",
  },
  {
    ...account,
    key: "fsa-dependent-care",
    name: "Dependent Care FSA",
    type: "fsa",
    carrier: "Harbor Benefit Trust",
    about: "Care of children before taxes.",
    paidBy: "fsa_dependent_care",
  },
  {
    ...account,
    key: "commuter",
    name: "Commuter Pass",
    type: "commuter",
    carrier: "Harbor Benefit Trust",
    about: "Transit and parking before taxes.",
    paidBy: "commuter",
  },
];

/** More than there are offers, so that a person and a place make one number. */
export const offerSpan = 16;

const holds = (coverage: Coverage, offer: Offer): boolean => {
  if (offer.type === "medical") return offer.network === coverage.medical;
  // What the employer alone pays comes with the job, as long as it is a full one.
  if (offer.paidBy === null) return coverage.fullTime;
  return coverage.elections.some((election) => election.type === offer.paidBy);
};

/** The places of the offers that a person holds. */
export const placesHeld = (coverage: Coverage): number[] =>
  offers.flatMap((offer, place) => (holds(coverage, offer) ? [place] : []));

/** What is paid for an offer with every paycheck; null where the employer pays it apart. */
export const paymentFor = (coverage: Coverage, offer: Offer): Configuration | null =>
  coverage.elections.find((election) => election.type === offer.paidBy)?.configuration ?? null;
