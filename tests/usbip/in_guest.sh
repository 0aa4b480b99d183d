#!/bin/bash
# in_guest.sh BIN_DIR PROGRAM MODEL [ARGS…]: what guest.sh runs inside its guest: export, attach, run PROGRAM.
bin=$1 program=$2 model=$3
shift 3
export PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin HOME=/run TMPDIR=/run LC_ALL=C.UTF-8
echo "in_guest: $(uname -r), up $(cut -d' ' -f1 /proc/uptime) s"

coproc bridge { exec "$bin/singel-bridge" usbip --model "$model" --port 0 --expect-laser-off; }
read -r -t 60 -u "${bridge[0]}" _ _ _ port || { echo "in_guest: singel-bridge does not listen"; exit 1; }

# udev's events are what libusb waits for when a device comes or goes; without a daemon it only lists.
[ -x /bin/udevadm ] && (exec -a /usr/lib/systemd/systemd-udevd /bin/udevadm --daemon) 2>/dev/null

# The import request of USB/IP for bus id 1-1; the kernel takes the socket over and keeps it.
exec 3<> "/dev/tcp/127.0.0.1/$port" || exit 1
{ printf '\x01\x11\x80\x03\0\0\0\0' && printf '1-1' && head -c 29 /dev/zero; } >&3
reply=$(head -c 320 <&3 | od -An -v -tx1 | tr -d ' \n')
[ "${reply:0:16}" = 0111000300000000 ] || { echo "in_guest: import refused: ${reply:0:16}"; exit 1; }
bus=$((16#${reply:592:8})) device=$((16#${reply:600:8})) speed=$((16#${reply:608:8}))
echo "0 3 $((bus << 16 | device)) $speed" > /sys/devices/platform/vhci_hcd.0/attach || exit 1
exec 3>&-

vendor=${reply:616:4}
for _ in $(seq 200); do
    grep -q "$vendor" /sys/bus/usb/devices/*/idVendor 2>/dev/null && break
    sleep 0.1
done
echo "in_guest: attached at $(cut -d' ' -f1 /proc/uptime) s"

# The suite runs its cases for an attached instrument where it believes to be on singel-bridge's own bus.
UMOCKDEV_DIR=/run "$program" "$@"
code=$?
echo "in_guest: ended at $(cut -d' ' -f1 /proc/uptime) s"
kill -TERM "$bridge_PID"
wait "$bridge_PID"
off=$?
[ "$off" -eq 0 ] || echo "in_guest: singel-bridge ended with $off"
[ "$code" -ne 0 ] && exit "$code"
exit "$off"
