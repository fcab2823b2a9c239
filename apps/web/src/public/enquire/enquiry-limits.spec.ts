import { networkOf } from './enquiry-limits';

describe('what counts as one address', () => {
  it('is the whole of an IPv4 address, also when it is written as IPv6', () => {
    expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
    expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  });

  it('is the network of an IPv6 address, since a household has many', () => {
    expect(networkOf('2001:db8:0:1:aaaa:bbbb:cccc:dddd')).toBe('2001:db8:0:1');
    expect(networkOf('2001:0DB8::1')).toBe('2001:db8:0:0');
    expect(networkOf('2001:db8:0:1::1')).toBe(networkOf('2001:db8:0:1::2'));
    expect(networkOf('2001:db8:0:1::1')).not.toBe(networkOf('2001:db8:0:2::1'));
    expect(networkOf('::1')).toBe('0:0:0:0');
  });
});
