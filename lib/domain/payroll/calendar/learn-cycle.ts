import { cyclesThrough, daysBehind, isOn, type Cycle, type Frequency, type Shift } from "./cycle";

export interface LearnedCycle {
  cycle: Cycle;
  shift: Shift;
  /** By pay date looked at, oldest first: whether the cycle explains it. */
  fits: boolean[];
}

/** A year and a little of weekly runs; what is older may have been another cycle. */
const lookedAt = 27;
/** The usual one first: a later one must explain more to be taken. */
const shifts: readonly Shift[] = ["before", "after", "none"];

interface Scored extends LearnedCycle {
  explained: number;
  exact: number;
}

function score(cycle: Cycle, shift: Shift, days: readonly number[]): Scored {
  const fits = days.map((day) => daysBehind(day, shift).some((behind) => isOn(cycle, behind)));
  return {
    cycle,
    shift,
    fits,
    explained: fits.filter(Boolean).length,
    exact: days.filter((day) => isOn(cycle, day)).length,
  };
}

/**
 * The cycle that explains most pay dates of a group, and where it moves closed days to. The business day before is
 * taken unless history says otherwise (DOMAIN §2).
 * @param days pay dates of regular runs, oldest first
 * @returns null where there is nothing to learn from
 */
export function learnCycle(frequency: Frequency, days: readonly number[]): LearnedCycle | null {
  const recent = days.slice(-lookedAt);
  let best: Scored | null = null;
  for (const shift of shifts) {
    const behind = recent.flatMap((day) => daysBehind(day, shift));
    for (const cycle of cyclesThrough(frequency, behind)) {
      const found = score(cycle, shift, recent);
      const isBetter =
        !best ||
        found.explained > best.explained ||
        (found.explained === best.explained && found.shift === best.shift && found.exact > best.exact);
      if (isBetter) best = found;
    }
  }
  return best && { cycle: best.cycle, shift: best.shift, fits: best.fits };
}
