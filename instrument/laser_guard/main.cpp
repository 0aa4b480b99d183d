// singel-laser-guard ADDRESS OWNER ("usb:24aa:1000:1-7", a process number): holds the instrument open beside its
// owner and switches its laser off when the owner's line on standard input closes or falls silent. Started by the
// owner, never by a person.

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/this_coro.hpp>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <unistd.h>

#include "instrument/laser_guard/protocol.hpp"
#include "instrument/laser_guard/rescue.hpp"
#include "instrument/signal.hpp"

namespace {

namespace asio = boost::asio;
namespace instrument = singel::instrument;
namespace laser_guard = instrument::laser_guard;
using laser_guard::Word;

constexpr std::chrono::milliseconds release_deadline{2000};

// Whatever ends the owner (Ctrl-C in its terminal, a closing session) must not end the guard first.
void outlive_the_owner() {
    setsid();
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE}) std::signal(signal, SIG_IGN);
}

void say(Word word) {
    const char letter = static_cast<char>(word);
    [[maybe_unused]] const auto written = write(STDOUT_FILENO, &letter, 1);
}

struct Ear {
    explicit Ear(asio::any_io_executor executor) : line(executor, STDIN_FILENO) {}
    asio::posix::stream_descriptor line;
    char letter = 0;
};

enum class End { dismissed, closed, silence };

// over_bulk: an owner that falls silent will have to be ended, so one that is switching off gets its time.
asio::awaitable<End> listen(std::shared_ptr<Ear> ear, bool over_bulk) {
    const auto executor = co_await asio::this_coro::executor;
    auto patience = laser_guard::longest_silence;
    for (;;) {
        const auto came = std::make_shared<instrument::Signal>(executor);
        const auto letters = std::make_shared<std::size_t>(0);
        ear->line.async_read_some(asio::buffer(&ear->letter, 1),
                                  [came, letters, ear](boost::system::error_code, std::size_t count) {
                                      *letters = count;
                                      came->set();
                                  });
        const auto woken = co_await came->wait(instrument::Signal::Clock::now() + patience);
        if (woken != instrument::Woken::set) co_return End::silence;
        if (*letters == 0) co_return End::closed;
        if (ear->letter == static_cast<char>(Word::dismissed)) co_return End::dismissed;
        if (ear->letter == static_cast<char>(Word::switching) && over_bulk) patience = laser_guard::longest_switching;
    }
}

asio::awaitable<void> guard(std::string id, const laser_guard::Owner& owner) {
    const laser_guard::Charge charge = co_await laser_guard::find_charge(id);
    const auto link = co_await laser_guard::reach(charge, instrument::usb::Claim::nothing);
    const auto ear = std::make_shared<Ear>(co_await asio::this_coro::executor);
    say(Word::ready);
    const End end = co_await listen(ear, charge.known.family->laser_over_bulk);
    if (end == End::dismissed) {
        co_await link->release(release_deadline);
        say(Word::dismissed);
    } else {
        co_await laser_guard::switch_off(charge, link, end == End::silence ? &owner : nullptr);
    }
    ear->line.close();
}

}  // namespace

int main(int count, char** arguments) {
    outlive_the_owner();
    pid_t owner_number = 0;
    if (count != 3 ||
        std::from_chars(arguments[2], arguments[2] + std::strlen(arguments[2]), owner_number).ec != std::errc()) {
        std::fputs("usage: singel-laser-guard ADDRESS OWNER\n", stderr);
        return 2;
    }
    const laser_guard::Owner owner(owner_number);
    asio::io_context io(1);
    int code = 0;
    asio::co_spawn(io, guard(arguments[1], owner), [&code](std::exception_ptr problem) {
        if (!problem) return;
        try {
            std::rethrow_exception(problem);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "singel-laser-guard: %s\n", error.what());
            code = 1;
        }
    });
    io.run();
    return code;
}
