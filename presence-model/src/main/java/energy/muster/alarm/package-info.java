// SPDX-License-Identifier: Apache-2.0
/**
 * What a device watches for, and its signed word that it began or is over; the terms are those of
 * ISA-18.2. Who is told of it, and what people do about it, is decided elsewhere.
 */
package energy.muster.alarm;
