#!/bin/bash
# guest.sh BIN_DIR PROGRAM MODEL [ARGS…]: boots a Linux of its own under QEMU (TCG, no KVM needed), in which
# singel-bridge exports MODEL over USB/IP, vhci-hcd attaches it as a real USB device, and PROGRAM ARGS runs against it.
# Exit code: that of PROGRAM; 77 where something that this needs is missing here (says what); 1 where the guest did
# not come so far.
#
# The kernel: SINGEL_GUEST_KERNEL names a folder that a Debian linux-image package was unpacked into
#   apt-get download linux-image-6.1.0-NN-amd64 && dpkg -x linux-image-*.deb FOLDER
# (not the -cloud- one: it has no USB); otherwise the newest kernel with vhci-hcd that is installed here. Downloads
# nothing. The guest sees this machine's files read-only, so its programs are the ones built here.
set -u
missing() { echo "guest.sh: skipped: $*"; exit 77; }

[ $# -ge 3 ] || { echo "usage: guest.sh BIN_DIR PROGRAM MODEL [ARGS...]" >&2; exit 2; }
bin=$1 program=$2 model=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)

command -v qemu-system-x86_64 >/dev/null || missing "no qemu-system-x86_64 (Debian: qemu-system-x86)"
command -v cpio >/dev/null || missing "no cpio"
busybox=$(command -v busybox) || missing "no busybox (Debian: busybox-static)"
ldd "$busybox" >/dev/null 2>&1 && missing "busybox is not a static one (Debian: busybox-static)"

root=${SINGEL_GUEST_KERNEL:-}
vhci=$(find "$root/lib/modules" -name 'vhci-hcd.ko' 2>/dev/null | sort -V | tail -1)
[ -n "$vhci" ] || missing "no kernel with vhci-hcd under ${root:-/}lib/modules (see the head of this script)"
modules=${vhci%/kernel/*}
kernel=$root/boot/vmlinuz-$(basename "$modules")
[ -r "$kernel" ] || missing "cannot read $kernel"

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/fs"/{bin,dev,proc,sys,h,modules}
cp "$busybox" "$work/fs/bin/busybox"

# In the order in which they need each other. 9p shows the files of this machine, vhci-hcd is the USB host controller.
order="virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci netfs fscache 9pnet 9pnet_virtio 9p
       usb-common usbcore usbip-core vhci-hcd usbmon"
for name in $order; do
    file=$(find "$modules" -name "$name.ko" | head -1)
    [ -n "$file" ] && cp "$file" "$work/fs/modules/"
done

{
    echo "#!/bin/busybox sh"
    echo "/bin/busybox mount -t proc proc /proc; /bin/busybox mount -t sysfs sysfs /sys"
    echo "/bin/busybox mount -t devtmpfs dev /dev"
    for name in $order; do
        echo "[ -e /modules/$name.ko ] && /bin/busybox insmod /modules/$name.ko"
    done
    echo "/bin/busybox mount -t 9p -o trans=virtio,version=9p2000.L,ro,msize=262144,cache=loose root /h"
    echo "for place in proc sys dev; do /bin/busybox mount -o bind /\$place /h/\$place; done"
    echo "/bin/busybox mkdir -p /h/dev/pts; /bin/busybox mount -t devpts pts /h/dev/pts"
    echo "/bin/busybox mount -t tmpfs run /h/run; /bin/busybox ifconfig lo up"
    printf '/bin/busybox chroot /h /bin/bash'
    printf ' %q' "$here/in_guest.sh" "$bin" "$program" "$model" "$@"
    echo
    echo 'echo "singel-guest-exit $?"'
    echo "/bin/busybox poweroff -f"
} > "$work/fs/init"
chmod +x "$work/fs/init"
(cd "$work/fs" && find . | cpio -o -H newc 2>/dev/null | gzip -1) > "$work/initrd"

# q35 has the timers that microvm lacks; one processor is steadier than two here.
timeout "${SINGEL_GUEST_SECONDS:-240}" qemu-system-x86_64 -M q35 -nic none -accel tcg -smp 1 -cpu max -m 1024 \
    -nographic -no-reboot -fsdev local,id=root,path=/,security_model=none,readonly=on,multidevs=remap \
    -device virtio-9p-pci,fsdev=root,mount_tag=root -kernel "$kernel" -initrd "$work/initrd" \
    -append "console=ttyS0 panic=-1 quiet" < /dev/null > "$work/log" 2>&1
tr -d '\r' < "$work/log"
code=$(tr -d '\r' < "$work/log" | sed -n 's/^singel-guest-exit \([0-9]*\)$/\1/p' | tail -1)
[ -n "$code" ] || { echo "guest.sh: the guest did not reach its end"; exit 1; }
exit "$code"
