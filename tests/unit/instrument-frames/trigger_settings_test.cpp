#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "instrument/settings.hpp"

namespace singel::instrument {
namespace {

using core::Trigger;
using testing::AllOf;
using testing::HasSubstr;
using namespace std::chrono_literals;

Description with(std::vector<Trigger> triggers) {
    Description description;
    description.identity.model = "USB2000";
    description.integration = {3ms, 65535ms, 1ms};
    description.external_triggers = std::move(triggers);
    return description;
}

TEST(TriggerSettings, AreValidWhenTheInstrumentHasThem) {
    const Description description = with({Trigger::external_edge, Trigger::external_level});
    for (const Trigger trigger : {Trigger::on_request, Trigger::external_edge, Trigger::external_level})
        EXPECT_EQ(validate({10ms, trigger}, description).verdict, Verdict::valid);
}

TEST(TriggerSettings, AreRefusedInASentenceWhenItHasNot) {
    const Validated other =
        validate({10ms, Trigger::external_synchronisation}, with({Trigger::external_edge, Trigger::external_level}));
    EXPECT_EQ(other.verdict, Verdict::invalid);
    ASSERT_EQ(other.why.size(), 1u);
    EXPECT_THAT(other.why[0], AllOf(HasSubstr("USB2000"), HasSubstr("synchronisation"), HasSubstr("on request"),
                                    HasSubstr("external edge"), HasSubstr("external level")));
    const Validated none = validate({10ms, Trigger::external_edge}, with({}));
    EXPECT_EQ(none.verdict, Verdict::invalid);
}

TEST(TriggerSettings, AreKeptWhenTheTimeIsRounded) {
    const Validated rounded = validate({10400us, Trigger::external_edge}, with({Trigger::external_edge}));
    EXPECT_EQ(rounded.verdict, Verdict::adjusted);
    EXPECT_EQ(rounded.settings.trigger, Trigger::external_edge);
}

}  // namespace
}  // namespace singel::instrument
