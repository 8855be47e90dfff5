// SPDX-License-Identifier: Apache-2.0
/**
 * What a device watches for, its signed word that it began or is over, and what people decide and
 * are told of it; the terms are those of ISA-18.2. Whom an alarm finds is worked out elsewhere.
 */
package energy.muster.alarm;
