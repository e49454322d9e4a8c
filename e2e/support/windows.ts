/** Sizes of windows in CSS pixels, as on a desk, on a small laptop or tablet, and in a hand. */
export const DESKTOP = { width: 1440, height: 900 };
export const TABLET = { width: 1024, height: 768 };
export const PHONE = { width: 390, height: 844 };
