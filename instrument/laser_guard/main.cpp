// singel-laser-guard ADDRESS ("usb:24aa:1000:1-7"): holds the instrument open beside its owner and switches its laser
// off when the owner's pipe on standard input closes or falls silent. Started by the owner, never by a person.

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/this_coro.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <unistd.h>

#include "instrument/families.hpp"
#include "instrument/laser_guard/protocol.hpp"
#include "instrument/signal.hpp"
#include "instrument/usb/enumerate.hpp"
#include "instrument/usb/usb_transport.hpp"
#include "spectra/core/result.hpp"

namespace {

namespace asio = boost::asio;
namespace instrument = singel::instrument;
using instrument::laser_guard::Word;
using singel::spectra::core::Failure;
using singel::spectra::core::Fault;

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
    explicit Ear(asio::any_io_executor executor) : pipe(executor, STDIN_FILENO) {}
    asio::posix::stream_descriptor pipe;
    char letter = 0;
};

// True: dismissed. False: the pipe closed, or nothing came in time.
asio::awaitable<bool> listen(std::shared_ptr<Ear> ear) {
    const auto executor = co_await asio::this_coro::executor;
    for (;;) {
        const auto came = std::make_shared<instrument::Signal>(executor);
        const auto letters = std::make_shared<std::size_t>(0);
        ear->pipe.async_read_some(asio::buffer(&ear->letter, 1),
                                  [came, letters, ear](boost::system::error_code, std::size_t count) {
                                      *letters = count;
                                      came->set();
                                  });
        const auto woken =
            co_await came->wait(instrument::Signal::Clock::now() + instrument::laser_guard::longest_silence);
        if (woken != instrument::Woken::set || *letters == 0) co_return false;
        if (ear->letter == static_cast<char>(Word::dismissed)) co_return true;
    }
}

asio::awaitable<void> guard(std::string address) {
    const auto device = instrument::usb::parse_id(address);
    if (!device) throw Failure(Fault::invalid_argument, "\"" + address + "\" is not the id of an instrument");
    const auto known = instrument::find_model(device->vendor_id, device->product_id);
    if (known.family == nullptr || known.family->laser_off == nullptr)
        throw Failure(Fault::unsupported, "this instrument's laser is not known");
    const instrument::TransportPtr link =
        co_await instrument::usb::UsbTransport::open(device->address, address, instrument::usb::Claim::nothing);
    const auto ear = std::make_shared<Ear>(co_await asio::this_coro::executor);
    say(Word::ready);
    const bool dismissed = co_await listen(ear);
    if (!dismissed) co_await known.family->laser_off(link, known.model);
    ear->pipe.close();
    co_await link->release(release_deadline);
    if (dismissed) say(Word::dismissed);
}

}  // namespace

int main(int count, char** arguments) {
    outlive_the_owner();
    if (count != 2) {
        std::fputs("usage: singel-laser-guard ADDRESS\n", stderr);
        return 2;
    }
    asio::io_context io(1);
    int code = 0;
    asio::co_spawn(io, guard(arguments[1]), [&code](std::exception_ptr problem) {
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
