/** Sent by a staff page at which nobody has moved for a while: what it asks by itself keeps no session from growing idle. */
export const unattendedHeader = 'x-dermis-unattended';
