// SPDX-License-Identifier: Apache-2.0
package energy.muster.link;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.refusal.Reason;
import energy.muster.refusal.Refusal;
import energy.muster.refusal.Refused;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.StanzaError.Condition;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StanzaErrorsTest {
  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyRefusalComesBackAsItWent(Reason reason) {
    Refusal refusal = new Refusal(reason, "starting, 20 s left");

    assertThat(StanzaErrors.read(StanzaErrors.of(refusal)))
        .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
        .extracting(Refused::refusal)
        .isEqualTo(refusal);
  }

  @Test
  void anAbsentServiceIsNoRefusal() {
    assertThat(StanzaErrors.read(bare(Condition.service_unavailable)))
        .isInstanceOf(LinkException.class);
  }

  @Test
  void anOverloadedServerIsBusy() {
    assertThat(StanzaErrors.read(bare(Condition.resource_constraint)))
        .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
        .extracting(refused -> refused.refusal().reason())
        .isEqualTo(Reason.BUSY);
  }

  @Test
  void anUnknownRequestIsUnsupported() {
    assertThat(StanzaErrors.read(bare(Condition.feature_not_implemented)))
        .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
        .extracting(refused -> refused.refusal().reason())
        .isEqualTo(Reason.UNSUPPORTED);
  }

  @Test
  void theAnswerToAnUnknownRequestIsWellFormed() {
    IQ question =
        (IQ)
            Parsed.stanza(
                "<iq xmlns='jabber:client' type='set' id='u1' from='op-1@grid.example/a'>"
                    + "<query xmlns='jabber:iq:roster'><item/></query></iq>");

    String answer = StanzaErrors.unknown(question).toXML(XmlEnvironment.EMPTY).toString();

    assertThat(((IQ) Parsed.stanza(answer)).getError().getCondition())
        .isEqualTo(Condition.feature_not_implemented);
  }

  private static StanzaError bare(Condition condition) {
    return StanzaError.getBuilder(condition).build();
  }
}
