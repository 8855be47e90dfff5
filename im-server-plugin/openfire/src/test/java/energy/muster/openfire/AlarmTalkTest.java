// SPDX-License-Identifier: Apache-2.0
package energy.muster.openfire;

import static org.assertj.core.api.Assertions.assertThat;

import energy.muster.identity.FullJid;
import java.util.List;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.IQ;
import org.xmpp.packet.PacketError;

/** What passes between a device and the people who answer for it, and what does not. */
final class AlarmTalkTest extends AtTheGate {
  private static final String GUEST = "guest@grid.example/phone";
  private static final String LOAD = "load-48@grid.example/k1";
  private static final String OPERATOR = "op-1@grid.example/console";

  private static IQ alarm(String to) {
    IQ iq = new IQ(IQ.Type.set, "a1");
    iq.setTo(to);
    iq.setChildElement("alarm", "urn:muster:alarm:1");
    return iq;
  }

  private static IQ reach(String to) {
    IQ iq = new IQ(IQ.Type.get, "a2");
    iq.setTo(to);
    iq.setChildElement("reach", "urn:muster:alarm:1");
    return iq;
  }

  /** What the sender hears once the server has made its error of the rejection. */
  private IQ answered(IQ request, String from) throws PacketRejectedException {
    turnedAway(request, from);
    IQ error = IQ.createResultIQ(request);
    error.setType(IQ.Type.error);
    error.setChildElement(request.getChildElement().createCopy());
    error.setError(PacketError.Condition.not_allowed);
    curtain.leaving(error, Server.session(from, "s-" + from));
    return error;
  }

  @Test
  void aDeviceBringsAnAlarmToWhoeverAnswersForItAndToNobodyElse() throws Exception {
    server.answersFor(Server.LOAD, FullJid.parse(OPERATOR));
    IQ alarm = alarm(OPERATOR);
    arrives(alarm, LOAD);
    curtain.leaving(alarm, Server.session(OPERATOR, "s1"));

    for (String to :
        List.of("op-1@grid.example", "op-1@grid.example/other", "op-2@grid.example/console")) {
      turnedAway(alarm(to), LOAD);
    }
    turnedAway(alarm(OPERATOR), "gen-2@grid.example/k1");
  }

  @Test
  void aDeviceHearsWhereWhoeverAnswersForItIs() throws Exception {
    server.answersFor(Server.LOAD, FullJid.parse(OPERATOR));

    IQ answer = answered(reach("op-1@grid.example"), LOAD);

    assertThat(answer.getType()).isEqualTo(IQ.Type.result);
    assertThat(answer.getElement().elements()).hasSize(1);
    assertThat(answer.toXML()).contains(OPERATOR).contains("available");
  }

  @ParameterizedTest
  @ValueSource(strings = {"op-2@grid.example", "nobody@grid.example", "gen-2@grid.example"})
  void whoeverDoesNotAnswerForItIsNowhereExistingOrNot(String to) throws Exception {
    server.answersFor(Server.LOAD, FullJid.parse(OPERATOR));

    IQ answer = answered(reach(to), LOAD);

    assertThat(answer.getType()).isEqualTo(IQ.Type.result);
    assertThat(answer.toXML()).contains("{\"sessions\":[]}");
  }

  @Test
  void whoAnswersForADeviceAnswersItsAlarmAndSaysNothingElseToIt() throws Exception {
    server.answersFor(Server.LOAD, FullJid.parse(OPERATOR));
    IQ has = alarm(LOAD);
    has.setType(IQ.Type.result);
    arrives(has, OPERATOR);
    curtain.leaving(has, Server.session(LOAD, "s1"));
    IQ refuses = new IQ(IQ.Type.error, "a1");
    refuses.setTo(LOAD);
    refuses.setError(PacketError.Condition.forbidden);
    arrives(refuses, OPERATOR);
    curtain.leaving(refuses, Server.session(LOAD, "s1"));

    turnedAway(alarm(LOAD), OPERATOR);
    turnedAway(request(LOAD), OPERATOR);
    turnedAway(chat(LOAD, "hello"), OPERATOR);
    turnedAway(has.createCopy(), "op-2@grid.example/console");
  }

  @Test
  void anAccountThatIsNoDeviceIsToldNobodysWhereabouts() {
    server.answersFor(Server.LOAD, FullJid.parse(OPERATOR));
    turnedAway(reach("op-1@grid.example"), GUEST);
    turnedAway(alarm(OPERATOR), GUEST);
  }
}
