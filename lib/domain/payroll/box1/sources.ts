/** Where the rules of the estimate come from. */
export interface Box1Source {
  title: string;
  url: string | null;
  /** What is taken from it. */
  for: string;
}

export const box1Sources: readonly Box1Source[] = [
  {
    title: "IRS, General Instructions for Forms W-2 and W-3 (2024), box 1",
    url: "https://www.irs.gov/pub/irs-pdf/iw2w3.pdf",
    for: "What is in box 1, and the criteria 1 to 24.",
  },
  {
    title: "Finch, W-2 Box 1",
    url: "https://developer.tryfinch.com/developer-resources/Calculating-W2-Box1-value",
    for: "The numbers of the criteria, and which kind of line each is about.",
  },
  {
    title: "IRS Publication 463, Travel, Gift, and Car Expenses",
    url: "https://www.irs.gov/forms-pubs/about-publication-463",
    for: "Accountable plans, under which reimbursements are not wages.",
  },
  {
    title: "Internal Revenue Code §125, §129, §132(f)",
    url: null,
    for: "Cafeteria plans, dependent care, commuter benefits.",
  },
];
