using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace PerfLab.Load.Linux;

/// <summary>An IP endpoint as the kernel wants it.</summary>
internal sealed class SocketAddress
{
    private const int FamilyIPv4 = 2;
    private const int FamilyIPv6 = 10;

    public SocketAddress(IPEndPoint endPoint)
    {
        EndPoint = endPoint;
        var isIPv6 = endPoint.AddressFamily == AddressFamily.InterNetworkV6;
        Family = isIPv6 ? FamilyIPv6 : FamilyIPv4;
        var bytes = new byte[isIPv6 ? 28 : 16];
        MemoryMarshal.Write(bytes, (ushort)Family);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)endPoint.Port);
        if (isIPv6)
        {
            endPoint.Address.TryWriteBytes(bytes.AsSpan(8), out _);
            MemoryMarshal.Write(bytes.AsSpan(24), (uint)endPoint.Address.ScopeId);
        }
        else
        {
            endPoint.Address.TryWriteBytes(bytes.AsSpan(4), out _);
        }

        Bytes = bytes;
    }

    public IPEndPoint EndPoint { get; }

    public bool IsLoopback => IPAddress.IsLoopback(EndPoint.Address);

    public int Family { get; }

    public ReadOnlyMemory<byte> Bytes { get; }
}
