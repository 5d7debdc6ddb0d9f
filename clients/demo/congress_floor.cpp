#include "clients/demo/congress_floor.hpp"

namespace plenum::demo {
namespace {

using replay::trouble;

constexpr std::uint32_t first_ms = 600'000;
constexpr std::uint32_t more_ms = 300'000;

class Floor {
public:
    Floor(Meeting& meeting, const Screen& screen, Steps& steps, const CongressHouse& house)
        : meeting_(meeting), screen_(screen), steps_(steps), house_(house)
    {}

    Tried<void> run(const std::array<replay::ConsoleId, 3>& deputies)
    {
        const auto speech = request(deputies[0], SpeechKind::speech, std::nullopt);
        if (!speech) return speech.error();
        const auto question = request(deputies[1], SpeechKind::question, std::nullopt);
        if (!question) return question.error();
        const auto third = request(deputies[2], SpeechKind::speech, std::nullopt);
        if (!third) return third.error();
        return in_turn([&] { return steps_.act(deputies[2], CancelFloorRequest{*third}); },
                       [&] {
                           return steps_.conduct(OrderFloor{steps_.sitting(), {*question, *speech}});
                       },
                       [&] { return speak(deputies[1], *question); }, [&] { return answer(*question); },
                       [&] { return speak_longer(deputies[0], *speech); },
                       [&] { return minute(deputies[0], *speech); });
    }

private:
    Tried<SpeechId> request(replay::ConsoleId who, SpeechKind kind, std::optional<SpeechId> answers)
    {
        const auto asked = meeting_.hall.act(who, RequestFloor{steps_.sitting(), kind, {}, answers});
        if (!asked) return asked.error();
        return SpeechId{asked->seq};
    }

    /// Waits until the hall's screen shows this speech as the one being held, with this limit.
    Tried<void> speaks(SpeechId speech, std::uint32_t limit_ms)
    {
        SpeechView view;
        const bool came = meeting_.hall.wait_until(meeting_.screen, [&](const replay::Shown& shown) {
            const auto& speaking = shown.floors.at(steps_.sitting()).speaking;
            if (!speaking || speaking->id != speech || speaking->limit_ms != limit_ms) return false;
            view = *speaking;
            return true;
        });
        if (!came) return trouble("the hall's screen shows somebody else on the floor");
        const auto minutes = std::to_string(limit_ms / 60'000);
        screen_.say({"发言：" + view.name + "（" + view.unit + "），限时" + minutes + "分钟",
                     "On the floor: " + view.name + ", " + minutes + " minutes"});
        return {};
    }

    Tried<void> speak(replay::ConsoleId who, SpeechId speech)
    {
        return in_turn(
            [&] {
                return steps_.conduct(GrantFloor{speech, {}, {}});
            },
            [&] { return speaks(speech, first_ms); }, [&] { return steps_.act(who, YieldFloor{speech}); });
    }

    Tried<void> answer(SpeechId question)
    {
        const auto speech = request(house_.attendee_console, SpeechKind::answer, question);
        if (!speech) return speech.error();
        return speak(house_.attendee_console, *speech);
    }

    Tried<void> speak_longer(replay::ConsoleId who, SpeechId speech)
    {
        return in_turn(
            [&] {
                return steps_.conduct(GrantFloor{speech, {}, {}});
            },
            [&] { return speaks(speech, first_ms); },
            [&] {
                return steps_.conduct(ExtendFloor{speech, more_ms});
            },
            [&] { return speaks(speech, first_ms + more_ms); },
            [&] { return steps_.act(who, YieldFloor{speech}); });
    }

    /// The minutes are written down and signed by the speaker.
    Tried<void> minute(replay::ConsoleId who, SpeechId speech)
    {
        const std::string words = "建议加大农村饮水安全投入。";
        return in_turn(
            [&] {
                return steps_.act(meeting_.secretary, MinuteSpeech{speech, words});
            },
            [&] {
                return steps_.act(who, SignMinutes{speech, sha256(words)});
            });
    }

    Meeting& meeting_;
    const Screen& screen_;
    Steps& steps_;
    const CongressHouse& house_;
};

} // namespace

Tried<void> hear_speeches(Meeting& meeting, const Screen& screen, Steps& steps, const CongressHouse& house,
                          const std::array<replay::ConsoleId, 3>& deputies)
{
    return Floor(meeting, screen, steps, house).run(deputies);
}

} // namespace plenum::demo
