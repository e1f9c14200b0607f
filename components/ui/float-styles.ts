export const floatStyles =
  "z-50 animate-appear rounded-lg border border-line-strong bg-surface-raised shadow-float focus:outline-none";
