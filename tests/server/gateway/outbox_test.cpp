#include "server/gateway/outbox.hpp"

#include <boost/test/unit_test.hpp>

namespace plenum::gateway::testing {

BOOST_AUTO_TEST_SUITE(outbox)

namespace {

Message text_message(std::string text)
{
    return std::make_shared<const std::string>(std::move(text));
}

std::vector<std::string> drain(Outbox& outbox)
{
    std::vector<std::string> texts;
    while (!outbox.empty())
        texts.push_back(*outbox.take());
    return texts;
}

using Texts = std::vector<std::string>;

BOOST_AUTO_TEST_CASE(messages_leave_in_the_order_they_came)
{
    Outbox outbox(10, 1'000);
    BOOST_TEST(outbox.add(text_message("a"), {}));
    outbox.add_answer(text_message("b"));
    BOOST_TEST(outbox.add(text_message("c"), text_message("")));
    BOOST_TEST(outbox.add(text_message("d"), text_message("")));
    BOOST_TEST((drain(outbox) == Texts{"a", "b", "c", "d"}));
    BOOST_TEST(outbox.bytes() == 0u);
}

BOOST_AUTO_TEST_CASE(the_newest_of_a_key_replaces_the_waiting_one_and_stands_at_the_end)
{
    Outbox outbox(10, 1'000);
    const auto key = text_message("progress/7");
    BOOST_TEST(outbox.add(text_message("1 of 9"), key));
    BOOST_TEST(outbox.add(text_message("news"), {}));
    BOOST_TEST(outbox.add(text_message("other"), text_message("progress/8")));
    BOOST_TEST(outbox.add(text_message("12 of 90"), text_message("progress/7")));
    BOOST_TEST(outbox.messages() == 3u);
    BOOST_TEST(outbox.bytes() == 8u + 4u + 5u);
    BOOST_TEST((drain(outbox) == Texts{"news", "other", "12 of 90"}));

    BOOST_TEST(outbox.add(text_message("13 of 90"), key)); // What has left is not replaced.
    BOOST_TEST((drain(outbox) == Texts{"13 of 90"}));
}

BOOST_AUTO_TEST_CASE(notifications_keep_to_both_bounds)
{
    Outbox by_count(2, 1'000);
    BOOST_TEST(by_count.add(text_message("a"), {}));
    BOOST_TEST(by_count.add(text_message("b"), {}));
    BOOST_TEST(!by_count.over_full());
    BOOST_TEST(!by_count.add(text_message("c"), {}));
    BOOST_TEST(by_count.messages() == 2u);

    Outbox by_bytes(100, 10);
    BOOST_TEST(by_bytes.add(text_message("12345"), {}));
    BOOST_TEST(by_bytes.add(text_message("67890"), {}));
    BOOST_TEST(!by_bytes.add(text_message("!"), {}));
    BOOST_TEST(by_bytes.bytes() == 10u);
}

BOOST_AUTO_TEST_CASE(a_full_outbox_still_replaces_by_key)
{
    Outbox outbox(1, 1'000);
    BOOST_TEST(outbox.add(text_message("old"), text_message("key")));
    BOOST_TEST(outbox.add(text_message("new"), text_message("key")));
    BOOST_TEST((drain(outbox) == Texts{"new"}));
}

BOOST_AUTO_TEST_CASE(answers_are_exempt_but_counted)
{
    Outbox outbox(2, 10);
    for (int i = 0; i < 5; ++i)
        outbox.add_answer(text_message("answer"));
    BOOST_TEST(outbox.messages() == 5u);
    BOOST_TEST(outbox.bytes() == 30u);
    BOOST_TEST(outbox.over_full());
    BOOST_TEST(!outbox.add(text_message("x"), {}));
}

BOOST_AUTO_TEST_CASE(a_message_larger_than_the_bound_goes_when_nothing_else_waits)
{
    Outbox outbox(10, 4);
    BOOST_TEST(outbox.add(text_message("a whole snapshot"), {}));
    BOOST_TEST(!outbox.add(text_message("b"), {}));
    BOOST_TEST(*outbox.take() == "a whole snapshot");
    BOOST_TEST(outbox.add(text_message("b"), {}));
    BOOST_TEST(!outbox.add(text_message("a whole snapshot"), {}));
}

// An agenda of 400 long titles, and again with its next step, while the first is still on its way.
BOOST_AUTO_TEST_CASE(whole_views_do_not_count_against_the_bytes_of_what_is_kept_one_by_one)
{
    Outbox outbox(4, 10);
    BOOST_TEST(outbox.add(text_message("agenda, forty bytes long"), text_message("agenda/1")));
    BOOST_TEST(outbox.add(text_message("a sitting as a whole"), text_message("sitting/2")));
    BOOST_TEST(outbox.add(text_message("came"), {}));
    BOOST_TEST(outbox.add(text_message("left"), {}));
    BOOST_TEST(outbox.over_full());
    BOOST_TEST(!outbox.add(text_message("a vote"), text_message("vote/3"))); // too many
    BOOST_TEST(outbox.add(text_message("agenda, shorter"), text_message("agenda/1")));
    BOOST_TEST(*outbox.take() == "a sitting as a whole");
    BOOST_TEST(!outbox.add(text_message("too much of it"), {}));
    BOOST_TEST((drain(outbox) == Texts{"came", "left", "agenda, shorter"}));
    BOOST_TEST(outbox.bytes() == 0u);
}

BOOST_AUTO_TEST_CASE(a_long_answer_leaves_room_for_what_happens_meanwhile)
{
    Outbox outbox(4, 10);
    outbox.add_answer(text_message("an answer of a whole agenda"));
    BOOST_TEST(outbox.add(text_message("came"), {}));
    BOOST_TEST(*outbox.take() == "an answer of a whole agenda");
    BOOST_TEST(outbox.add(text_message("left"), {}));
    BOOST_TEST(!outbox.add(text_message("and more"), {}));
}

BOOST_AUTO_TEST_CASE(clear_forgets_everything)
{
    Outbox outbox(10, 100);
    outbox.add_answer(text_message("a"));
    BOOST_TEST(outbox.add(text_message("b"), {}));
    outbox.clear();
    BOOST_TEST(outbox.empty());
    BOOST_TEST(outbox.bytes() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace plenum::gateway::testing
