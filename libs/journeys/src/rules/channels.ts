/** How an enquiry reached the hub. */
export const CHANNELS = ['web', 'phone', 'email', 'event', 'social', 'referral', 'other'] as const;
export type Channel = (typeof CHANNELS)[number];

export const CHANNEL_NAMES: Readonly<Record<Channel, string>> = {
  web: 'Web',
  phone: 'Phone',
  email: 'Email',
  event: 'Event',
  social: 'Social media',
  referral: 'Referral',
  other: 'Other',
};
